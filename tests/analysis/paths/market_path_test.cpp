#include "analysis/paths/market_path.hpp"

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

/// Two products over the last day of January and the first two of February.
sim::Record market_run() {
  sim::TextColumn date, region, product, form, currency;
  for (const char* day : {"2023-01-31", "2023-02-01", "2023-02-02"})
    for (const char* name : {"A100", "A800"}) {
      date.push_back(day);
      region.push_back("CN");
      product.push_back(name);
      form.push_back("card");
      currency.push_back("CNY");
    }
  sim::Table table{.name = "market", .columns = {}};
  table.columns = {{.name = "date", .values = date},
                   {.name = "region", .values = region},
                   {.name = "product", .values = product},
                   {.name = "form", .values = form},
                   {.name = "currency", .values = currency},
                   {.name = "spot", .values = std::vector<double>{1, 10, 2, 20, 4, 40}},
                   {.name = "rent", .values = std::vector<double>{sim::no_value, 5, sim::no_value, 6, 8, 7}},
                   {.name = "kept_back", .values = std::vector<double>{1, 10, 2, 20, 4, 40}},
                   {.name = "orders", .values = std::vector<double>{1, 10, 2, 20, 4, 40}}};
  return {.scenario = "m",
          .title = "m",
          .seed = 1,
          .version = "",
          .catalogue_digest = "",
          .figures = {},
          .tables = {table}};
}

std::vector<std::pair<std::string, double>> numbers(const sim::Record& path) {
  std::vector<std::pair<std::string, double>> values;
  for (const sim::Figure& figure : path.figures) values.emplace_back(figure.key, std::get<double>(figure.value));
  return values;
}

using Months = std::vector<std::pair<std::string, double>>;

TEST_CASE("a path is the mean of a month's prices and the sum of its goods") {
  const sim::Record run = market_run();
  CHECK(numbers(monthly_path(run, {.product = "A100 card", .region = {}})) ==
        Months{{"2023-01", 1.0}, {"2023-02", 3.0}});
  CHECK(numbers(monthly_path(run, {.product = "A800 card", .region = "CN", .column = "orders"})) ==
        Months{{"2023-01", 10.0}, {"2023-02", 60.0}});
  CHECK(numbers(monthly_path(run, {.product = "A100 card", .region = {}, .column = "kept_back"})) ==
        Months{{"2023-01", 1.0}, {"2023-02", 6.0}});
  // A month in which nothing was let has no rent.
  CHECK(numbers(monthly_path(run, {.product = "A100 card", .region = {}, .column = "rent"})) ==
        Months{{"2023-02", 8.0}});
  CHECK(monthly_path(run, {.product = "A100 card", .region = {}}).figures.front().unit == "CNY");
}

TEST_CASE("what a market has no path of is told at once with the nearest names") {
  try {
    monthly_path(market_run(), {.product = "A100 crad", .region = "CM", .column = "spott"});
    FAIL("a path of nothing");
  } catch (const sim::InputError& error) {
    REQUIRE(error.faults().size() == 3);
    CHECK(error.faults()[0].hint.find("A100 card") != std::string::npos);
    CHECK(error.faults()[1].hint.find("CN") != std::string::npos);
    CHECK(error.faults()[2].hint.find("spot") != std::string::npos);
  }
}

TEST_CASE("the bands of paths are those of their months and count by weight") {
  std::vector<sim::Record> paths;
  for (const double value : {1.0, 2.0, 3.0, 4.0, 5.0})
    paths.push_back({.scenario = "m",
                     .title = "m",
                     .seed = 1,
                     .version = "",
                     .catalogue_digest = "",
                     .figures = {{.key = "2023-01", .label = "", .unit = "CNY", .value = value}},
                     .tables = {}});
  paths.back().figures.push_back({.key = "2023-02", .label = "", .unit = "CNY", .value = 9.0});
  WeightedRuns runs = weighted_alike(paths);
  const auto points = path_bands(runs);
  REQUIRE(points.size() == 2);
  CHECK(points[0].month == "2023-01");
  CHECK(points[0].band.median == 3.0);
  CHECK(points[0].band.p5 == doctest::Approx(1.2));
  CHECK(points[0].runs == 5);
  CHECK(points[1].band.p95 == 9.0);
  CHECK(points[1].runs == 1);
  runs.weights = {0.0, 0.0, 0.0, 0.0, 1.0};
  CHECK(path_bands(runs)[0].band.median == 5.0);
}

}  // namespace
}  // namespace chokepoint::analysis
