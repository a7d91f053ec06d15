#include "analysis/replicates/figure_sample.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "analysis/replicates/replicates_summary.hpp"

namespace chokepoint::analysis {
namespace {

sim::Record record_of(std::vector<sim::Figure> figures) {
  return {.scenario = "s",
          .title = "T",
          .seed = 4,
          .version = "1",
          .catalogue_digest = "d",
          .figures = std::move(figures),
          .tables = {}};
}

sim::Figure energy(double mwh) {
  return {"energy_mwh", "energy", "MWh", mwh, "energy"};
}
sim::Figure jobs(std::int64_t count) {
  return {"jobs", "jobs", "", count, "jobs"};
}
sim::Figure wait(double seconds) {
  return {"wait_mean_s", "mean wait", "s", seconds, "jobs"};
}
sim::Figure currency(const std::string& code) {
  return {"currency", "currency", "", code, "cost"};
}

}  // namespace

TEST_CASE("samples keep the order of figures and know who has none") {
  const std::vector<sim::Record> records{record_of({jobs(0), energy(1.0), currency("CNY")}),
                                         record_of({jobs(2), wait(30.0), energy(3.0), currency("CNY")})};
  const auto samples = figure_samples(records);
  REQUIRE(samples.size() == 4);
  CHECK(samples[0].key == "jobs");
  CHECK(samples[1].key == "wait_mean_s");
  CHECK(samples[2].key == "energy_mwh");
  CHECK(samples[3].key == "currency");
  CHECK(samples[0].whole);
  CHECK(samples[0].numbers == std::vector{0.0, 2.0});
  CHECK(std::isnan(samples[1].numbers[0]));
  CHECK(samples[1].finite() == std::vector{30.0});
  CHECK_FALSE(samples[1].constant());
  CHECK(samples[3].constant());
  CHECK_FALSE(all_equal(samples));
  CHECK(find_sample(samples, "energy_mwh") == &samples[2]);
  CHECK(find_sample(samples, "energy") == nullptr);
}

TEST_CASE("replicates that differ by rounding alone are equal") {
  const std::vector<sim::Record> records{record_of({energy(0.1 + 0.2)}), record_of({energy(0.3)})};
  CHECK(all_equal(figure_samples(records)));
}

TEST_CASE("the table of replicates has a row a replicate and a column a figure") {
  const std::vector<sim::Record> records{record_of({jobs(7), currency("CNY")}), record_of({jobs(9), currency("CNY")})};
  const sim::Table table = replicates_table(figure_samples(records), 2);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[0].name == "replicate");
  CHECK(std::get<std::vector<std::int64_t>>(table.columns[0].values) == std::vector<std::int64_t>{0, 1});
  CHECK(table.columns[1].name == "jobs");
  CHECK(std::get<std::vector<double>>(table.columns[1].values) == std::vector{7.0, 9.0});
  CHECK(std::get<sim::TextColumn>(table.columns[2].values)[1] == "CNY");
}

TEST_CASE("the summary gives a mean with its interval and the band of the draws") {
  std::vector<sim::Record> records;
  for (const double mwh : {5.0, 1.0, 3.0, 2.0, 4.0}) records.push_back(record_of({energy(mwh), currency("CNY")}));
  records.back().figures.insert(records.back().figures.begin(), wait(12.0));
  const auto json = nlohmann::json::parse(replicates_text(records));
  CHECK(json["replicates"] == 5);
  CHECK(json["seed"] == 4);
  CHECK(json["all_equal"] == false);
  const auto& figure = json["figures"]["energy_mwh"];
  CHECK(figure["unit"] == "MWh");
  CHECK(figure["count"] == 5);
  CHECK(figure["mean"] == 3.0);
  // t(4; .95) = 2.1318 times sqrt(2.5 / 5).
  CHECK(figure["low"].get<double>() == doctest::Approx(3.0 - 1.50745).epsilon(1e-5));
  CHECK(figure["high"].get<double>() == doctest::Approx(3.0 + 1.50745).epsilon(1e-5));
  CHECK(figure["p5"].get<double>() == doctest::Approx(1.2));
  CHECK(figure["median"] == 3.0);
  CHECK(figure["p95"].get<double>() == doctest::Approx(4.8));
  CHECK(json["figures"]["currency"]["counts"]["CNY"] == 5);
  // One replicate has it: a mean, and no interval.
  CHECK(json["figures"]["wait_mean_s"]["count"] == 1);
  CHECK(json["figures"]["wait_mean_s"]["mean"] == 12.0);
  CHECK(json["figures"]["wait_mean_s"]["low"].is_null());
}

}  // namespace chokepoint::analysis
