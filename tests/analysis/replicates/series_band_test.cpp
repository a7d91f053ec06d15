#include "analysis/replicates/series_band.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/output/example_record.hpp"

namespace chokepoint::analysis {
namespace {

/// Power of each replicate, an hour apart.
std::vector<sim::Record> replicates_of(const std::vector<std::vector<double>>& powers) {
  std::vector<sim::Record> records;
  for (const std::vector<double>& power : powers) {
    std::vector<double> time;
    sim::TextColumn date;
    for (std::size_t i = 0; i < power.size(); ++i) {
      time.push_back(3600.0 * static_cast<double>(i));
      date.push_back("2026-01-01T0" + std::to_string(i) + ":00:00");
    }
    records.push_back({.scenario = "s", .title = "T", .figures = {}, .tables = {}});
    records.back().tables.push_back({"series", {{"time_s", time}, {"date", date}, {"power_w", power}}});
  }
  return records;
}

const std::vector<double>& column(const sim::Table& table, const std::string& name) {
  for (const sim::Column& one : table.columns)
    if (one.name == name) return std::get<std::vector<double>>(one.values);
  throw std::out_of_range(name);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("at each instant the band is that of the replicates that still run") {
  const auto records = replicates_of({{1.0, 10.0, 7.0}, {3.0, 10.0}, {2.0, 40.0, 9.0}});
  const auto band = series_band(records);
  REQUIRE(band);
  CHECK(column(band->median, "power_w") == std::vector{2.0, 10.0, 8.0});
  CHECK(column(band->p5, "power_w")[0] == doctest::Approx(1.1));
  CHECK(column(band->p95, "power_w")[1] == doctest::Approx(37.0));
  CHECK(band->first_end_s == 7200.0);
  CHECK(column(band->median, "time_s") == std::vector{0.0, 3600.0, 7200.0});
  const sim::Table table = band_table(*band);
  CHECK(table.columns.size() == 5);
  CHECK(column(table, "power_w_median") == column(band->median, "power_w"));
}

TEST_CASE("the picture has a band around the median and marks the first end") {
  const auto together = replicates_of({{1e6, 2e6, 3e6}, {2e6, 3e6, 4e6}});
  const std::string even = band_svg(*series_band(together), together);
  CHECK(count(even, "class=\"band f0\"") == 1);
  CHECK(count(even, "class=\"curve c0\"") == 1);
  CHECK(count(even, "class=\"mark\"") == 0);
  CHECK(even.find("power, MW") != std::string::npos);
  CHECK(even.find("2 replicates") != std::string::npos);
  const auto apart = replicates_of({{1e6, 2e6}, {2e6, 3e6, 4e6}});
  CHECK(count(band_svg(*series_band(apart), apart), "class=\"mark\"") == 1);
}

TEST_CASE("replicates with all panels and a year of hours give one band a line and a small file") {
  std::vector<sim::Record> records(3, example_record(8760, 3600));
  for (double& watts : std::get<std::vector<double>>(records[1].tables[0].columns[6].values)) watts *= 1.1;
  const std::string svg = band_svg(*series_band(records), records);
  CHECK(count(svg, "class=\"band") == 6);
  CHECK(svg.size() < 120'000);
}

TEST_CASE("records without series have no band") {
  const std::vector<sim::Record> records(2);
  CHECK_FALSE(series_band(records));
}

}  // namespace chokepoint::analysis
