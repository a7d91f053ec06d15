#include "analysis/output/run_svg.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "analysis/output/example_record.hpp"

namespace chokepoint::analysis {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a short series is drawn step by step") {
  sim::Record record{"s.json", "Power & <price>", 1, "0.1.0", "", {}, {}};
  record.tables.push_back(
      {"series", {{"time_s", std::vector{0.0, 3600.0, 7200.0}}, {"power_w", std::vector{0.0, 4e6, 2e6}}}});
  const std::string svg = run_svg(record);
  CHECK(svg.find("<title>Power &amp; &lt;price&gt;</title>") != svg.npos);
  CHECK(svg.find(">power, MW</text>") != svg.npos);
  CHECK(svg.find("<path class=\"curve c0\" d=\"M84 218H506V98H928V158\"/>") != svg.npos);
}

TEST_CASE("only panels whose columns are there and hold a number are drawn") {
  sim::Record record = example_record(10, 3600);
  CHECK(count(run_svg(record), "class=\"panel\"") == 4);
  auto& columns = record.tables[0].columns;
  std::erase_if(columns, [](const sim::Column& column) { return column.name == "price_cny_per_kwh"; });
  CHECK(count(run_svg(record), "class=\"panel\"") == 3);
  for (sim::Column& column : columns)
    if (column.name.ends_with("_w")) column.values = std::vector(10, std::numeric_limits<double>::quiet_NaN());
  CHECK(count(run_svg(record), "class=\"panel\"") == 2);
  CHECK(run_svg({}).empty());
}

TEST_CASE("a picture of means says so") {
  constexpr std::string_view remark = "line: mean, band: least and most";
  CHECK(count(run_svg(example_record(1000, 60)), remark) == 1);
  CHECK(count(run_svg(example_record(100, 60)), remark) == 0);
}

TEST_CASE("a series of any length gives a file under 200 kB") {
  CHECK(run_svg(example_record(300'000, 60)).size() < 200'000);
  CHECK(run_svg(example_record(420, 60)).size() < 200'000);
}

TEST_CASE("a series of one row can be drawn") {
  CHECK(count(run_svg(example_record(1, 60)), "class=\"panel\"") == 4);
}

}  // namespace chokepoint::analysis
