#include <algorithm>
#include <filesystem>
#include <map>

#include <doctest/doctest.h>

#include "analysis/pool/run_pool.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/world/simulate.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {
namespace {

/// The scenarios of the repository that run by themselves, with what their runs leave.
std::map<std::string, sim::Record> run_all() {
  std::vector<sim::Scenario> scenarios;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(CHOKEPOINT_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".json" || entry.path().stem() == "schema") continue;
    scenarios.push_back(sim::load_scenario(entry.path()));
    names.push_back(entry.path().stem());
  }
  std::vector<Run> runs;
  for (const sim::Scenario& scenario : scenarios)
    runs.emplace_back([&scenario](const sim::Progress& progress) {
      return sim::simulate(scenario, {.seed = scenario.seed}, progress);
    });
  auto results = RunPool({.workers = 2}).run(runs);
  std::map<std::string, sim::Record> records;
  for (std::size_t i = 0; i < results.size(); ++i) records[names[i]] = record_or_throw(std::move(results[i]));
  return records;
}

double figure(const sim::Record& record, const char* key) {
  const sim::Figure* const found = record.find_figure(key);
  REQUIRE_MESSAGE(found != nullptr, key);
  if (const auto* whole = std::get_if<std::int64_t>(&found->value)) return static_cast<double>(*whole);
  return std::get<double>(found->value);
}

}  // namespace

TEST_CASE("every shipped scenario runs and bears the name of its file") {
  const auto records = run_all();
  CHECK(records.size() >= 4);
  for (const auto& [name, record] : records) {
    CAPTURE(name);
    CHECK(record.scenario == name);
    CHECK(record.title != name);
    CHECK(figure(record, "energy_mwh") > 0.0);
    CHECK(figure(record, "electricity_cost") > 0.0);
  }
}

TEST_CASE("shipped scenarios give what their numbers give by hand") {
  const auto records = run_all();
  const auto expect = [&records](const char* name, const char* key, double value) {
    CAPTURE(name);
    CAPTURE(key);
    CHECK(figure(records.at(name), key) == doctest::Approx(value).epsilon(1e-12));
  };
  // 64,000 kW x 8,760 h x .45 CNY/kWh, and the same load at the prices of the grid company's notice.
  expect("yangquan", "electricity_cost", 252'288'000.0);
  expect("yangquan-hubei", "electricity_cost", 379'199'043.84);
  // 6,400 GPUs for 366 days; 500 servers at 2.25 million CNY and 500 at 148,392 USD of 7.17 CNY.
  expect("two-sites", "gpu_hours", 6400 * 8784.0);
  expect("two-sites", "capital_cost", 500 * 2'250'000.0 + 500 * 148'392 * 7.17);
  expect("mixed-generations", "gpus", 64 * 8 + 16 * 8);
}

TEST_CASE("jobs of the capped cluster arrive at the rate that it says and power sheds them in summer") {
  const sim::Record record = run_all().at("capped-cluster");
  // One in 7 minutes over 153 days: four standard deviations of a Poisson count.
  const double expected = 153 * 24 * 60 / 7.0;
  CHECK(std::abs(figure(record, "jobs") - expected) < 4.0 * std::sqrt(expected));
  CHECK(figure(record, "jobs_finished") <= figure(record, "jobs"));
  // What `hold` lets through while jobs end is little beside the energy of a summer.
  CHECK(figure(record, "energy_over_limit_mwh") < 0.01 * figure(record, "energy_mwh"));
  CHECK(figure(record, "peak_power_mw") > 0.6);
}

}  // namespace chokepoint::analysis
