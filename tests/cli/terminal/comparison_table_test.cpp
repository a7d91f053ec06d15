#include "cli/terminal/comparison_table.hpp"

#include <sstream>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::cli {
namespace {

using analysis::Difference;
using analysis::Interval;

Difference row_of(std::string label, double base, double other, double half_width) {
  return {
      .figure = label,
      .label = label,
      .unit = "CNY",
      .group = "market",
      .base = base,
      .other = other,
      .difference = analysis::MeanInterval{.mean = other - base,
                                           .interval = Interval{other - base - half_width, other - base + half_width}},
      .changed = true};
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, line.size());
  return widest;
}

TEST_CASE("a comparison has its columns side by side where there is room") {
  const std::vector rows{row_of("price", 1'000'000.0, 1'500'000.0, 50'000.0)};
  CHECK(comparison_table({.name = "o", .title = "", .rows = rows}, {.width = 80}) ==
        "\n"
        "other: o\n"
        "\n"
        "                   base      other  change\n"
        "market\n"
        "  price, CNY  1,000,000  1,500,000  +50 % (45 to 55)  ############\n");
}

TEST_CASE("a comparison counts long money in millions") {
  const std::vector rows{row_of("refunds", 46'466'602'000.0, 69'699'903'000.0, 2'323'330'100.0)};
  CHECK(comparison_table({.name = "o", .title = "", .rows = rows}, {.width = 80}) ==
        "\n"
        "other: o\n"
        "\n"
        "                    base   other  change\n"
        "market\n"
        "  refunds, M CNY  46,467  69,700  +50 % (45 to 55)  ############\n");
}

TEST_CASE("a comparison keeps to the width of the terminal and loses no number") {
  const std::vector rows{row_of("a price of some thing that has a very long name, at the end of the run", 123'456'789.0,
                                234'567'891.0, 123'456.0),
                         row_of("money from nothing", 0.0, 1e9, 1e8), row_of("chance", 1'000.0, 1'001.0, 5'000.0)};
  for (const int width : {64, 72, 80, 100, 160}) {
    CAPTURE(width);
    const std::string text = comparison_table({.name = "o", .title = "A title", .rows = rows}, {.width = width});
    CHECK(widest_line(text) <= static_cast<std::size_t>(width));
    for (const char* words : {"123,456,789", "234,567,891", "+1,000,000,000 (900,000,000 to 1,100,000,000)",
                              "within chance", "1,001", "+90.00 % (89.90 to 90.10)"})
      CHECK(text.find(words) != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint::cli
