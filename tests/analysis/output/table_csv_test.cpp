#include "analysis/output/table_csv.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

std::string csv_text(const sim::Table& table) {
  std::string text;
  write_csv(table, [&](std::string_view piece) { text += piece; });
  return text;
}

sim::TextColumn texts(std::initializer_list<std::string_view> values) {
  sim::TextColumn column;
  for (const std::string_view value : values) column.push_back(value);
  return column;
}

}  // namespace

TEST_CASE("a table of all kinds of columns reads as expected") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const sim::Table table{"jobs",
                         {{"job_id", texts({"a,b", "say \"hi\"", "two\nlines", ""})},
                          {"gpus", std::vector<std::int64_t>{8, -1, 0, 9223372036854775807}},
                          {"energy_kwh", std::vector{0.1, none, 100000.0, -1e300}}}};
  CHECK(csv_text(table) ==
        "job_id,gpus,energy_kwh\n"
        "\"a,b\",8,0.1\n"
        "\"say \"\"hi\"\"\",-1,\n"
        "\"two\nlines\",0,100000\n"
        ",9223372036854775807,-1e+300\n");
}

TEST_CASE("a table without rows is its line of names") {
  CHECK(csv_text({"t", {{"a", std::vector<double>{}}, {"b", sim::TextColumn{}}}}) == "a,b\n");
}

TEST_CASE("every number reads back as itself") {
  std::mt19937_64 random(7);
  std::vector<double> values{0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e15, 1e15 - 1, 123456789012345678.0};
  for (int i = 0; i < 20000; ++i)
    if (const double value = std::bit_cast<double>(random()); std::isfinite(value)) values.push_back(value);
  const std::string text = csv_text({"t", {{"x", values}}});
  const char* place = text.data() + 2;
  for (const double value : values) {
    double read = 0.0;
    place = std::from_chars(place, text.data() + text.size(), read).ptr + 1;
    CHECK(std::bit_cast<std::uint64_t>(read) == std::bit_cast<std::uint64_t>(value));
  }
}

TEST_CASE("a text larger than the writer's block comes out whole") {
  const std::string large(200'000, 'x');
  CHECK(csv_text({"t", {{"a", texts({large, "y"})}}}) == "a\n" + large + "\ny\n");
}

}  // namespace chokepoint::analysis
