#include "cli/terminal/picture.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "analysis/output/example_record.hpp"

namespace chokepoint::cli {
namespace {

sim::Record ramp() {
  sim::Record record;
  std::vector<double> time, utilization;
  sim::TextColumn date;
  for (int i = 0; i <= 30; ++i) {
    time.push_back(i * 86400.0);
    utilization.push_back(i / 30.0);
    date.push_back("2023-10-17");
  }
  record.tables.push_back({"series", {{"time_s", time}, {"date", date}, {"utilization_allocated", utilization}}});
  return record;
}

}  // namespace

TEST_CASE("a ramp rises from corner to corner") {
  CHECK(picture(ramp(), {.width = 40, .unicode = true}) ==
        R"(         utilization (allocated), %
    100 ┤                       ▁▂▃▄▅▆▇
     75 ┤                ▁▂▃▄▅▆▇███████
     50 ┤        ▁▂▃▄▅▆▇███████████████
     25 ┤ ▁▂▃▄▅▆▇██████████████████████
      0 └┴─────────────┴─────────────┴─
    17 Oct 2023     31 Oct        14 Nov
)");
}

TEST_CASE("a picture without unicode is plain") {
  for (const char c : picture(ramp(), {.width = 40})) CHECK(static_cast<unsigned char>(c) < 128);
}

TEST_CASE("no line is wider than the terminal") {
  for (const int width : {40, 63, 80, 160}) {
    const std::string text = picture(analysis::example_record(97, 1800), {.width = width});
    for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != text.npos; begin = end + 1)
      CHECK(end - begin <= static_cast<std::size_t>(width));
  }
}

TEST_CASE("a record without series or without time has no picture") {
  CHECK(picture({}, {}).empty());
  CHECK(picture(analysis::example_record(1, 60), {}).empty());
}

}  // namespace chokepoint::cli
