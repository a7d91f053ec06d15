#include "analysis/replicates/run_replicates.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/comparison/difference.hpp"
#include "analysis/replicates/figure_sample.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::analysis {
namespace {

/// A day of jobs of a whole node and ten minutes that come by chance to a cluster that always has room.
sim::Scenario small_cluster(const std::string& price, const std::string& interval = "10 min") {
  return tests::scenario_of(
      R"({"name": "a", "start": "2023-01-02", "duration": "1 d", "currency": "CNY", "exchange_rates": {"USD": "7.1 CNY"}, "series_step": "1 d",
      "sites": [{"name": "s", "pue": 1.25, "tariff": {"kind": "flat", "price": ")" +
      price +
      R"("}}], "fleets": [{"name": "f", "server": "dgx-a100-80gb", "server_price": "1 CNY", "nodes": 40, "workload": {"kind": "synthetic",
      "mean_interval": ")" +
      interval + R"(", "median_duration": "10 min", "log_sd": 0, "sizes": [{"gpus": 8, "weight": 1}]}}]})");
}

/// Poisson arrivals at rate r from an empty cluster: of the work of T seconds of arrivals of length D the run sees
/// r (D T - D^2 / 2) seconds on average.
double expected_energy_kwh() {
  const auto& power = sim::catalogue().servers.at("dgx-a100-80gb").value.power;
  const double day_s = 86400.0;
  const double work_s = (600.0 * day_s - 600.0 * 600.0 / 2.0) / 600.0;
  const double idle_w = power.server_w(models::PowerState::idle);
  const double busy_w = power.server_w(models::PowerState::computing);
  return 1.25 * (40.0 * idle_w * day_s + (busy_w - idle_w) * work_s) / 3.6e6;
}

std::vector<double> numbers(const std::vector<sim::Record>& records, const std::string& key) {
  return find_sample(figure_samples(records), key)->numbers;
}

}  // namespace

TEST_CASE("replicates differ and are the same for any number of workers") {
  const sim::Scenario scenario = small_cluster("0.5 CNY/kWh");
  const std::vector courses{course_of("a", scenario)};
  const auto one = run_replicates(courses, {.replicates = 6, .workers = 1, .keep_series = true});
  CHECK(run_replicates(courses, {.replicates = 6, .workers = 2, .keep_series = true}) == one);
  CHECK(run_replicates(courses, {.replicates = 6, .workers = 5, .keep_series = true}) == one);
  REQUIRE(one.size() == 1);
  REQUIRE(one[0].size() == 6);
  for (std::size_t i = 1; i < 6; ++i) CHECK(one[0][i].figures != one[0][0].figures);
  REQUIRE(one[0][0].tables.size() == 1);
  CHECK(one[0][0].tables[0].name == "series");
  CHECK(run_replicates(courses, {.replicates = 1})[0][0].figures == one[0][0].figures);
  // The rest alone is the same as the rest of all.
  CHECK(run_replicates(courses, {.replicates = 2, .first_replicate = 4})[0][0].figures == one[0][4].figures);
}

TEST_CASE("the same replicate of two courses shares its draws") {
  const sim::Scenario cheap = small_cluster("0.5 CNY/kWh");
  const sim::Scenario dear = small_cluster("1 CNY/kWh");
  const auto records = run_replicates(std::vector{course_of("cheap", cheap), course_of("dear", dear)},
                                      {.seed = 3, .replicates = 5, .workers = 2});
  for (const char* key : {"energy_mwh", "jobs", "gpu_hours"})
    CHECK(numbers(records[0], key) == numbers(records[1], key));
}

TEST_CASE("paired intervals of runs hold the difference that a doubled price makes and are narrower than unpaired" *
          doctest::test_suite("heavy")) {
  const sim::Scenario cheap = small_cluster("0.5 CNY/kWh");
  const sim::Scenario dear = small_cluster("1 CNY/kWh");
  constexpr std::uint32_t studies = 200;
  constexpr std::uint32_t replicates = 5;
  const auto records = run_replicates(std::vector{course_of("cheap", cheap), course_of("dear", dear)},
                                      {.replicates = studies * replicates, .workers = 2});
  const auto base = numbers(records[0], "electricity_cost");
  const auto other = numbers(records[1], "electricity_cost");
  const double truth = 0.5 * expected_energy_kwh();
  int held = 0;
  int narrower = 0;
  for (std::size_t study = 0; study < studies; ++study) {
    const auto part = [&](const std::vector<double>& all) {
      return std::span(all).subspan(study * replicates, replicates);
    };
    const auto paired = paired_difference(part(base), part(other)).interval;
    const auto unpaired = unpaired_difference(part(base), part(other)).interval;
    held += paired->low <= truth && truth <= paired->high;
    narrower += paired->high - paired->low < unpaired->high - unpaired->low;
  }
  MESSAGE("held ", held, ", narrower ", narrower, " of ", studies);
  // Two and a half standard deviations of a count of 200 at 90 %.
  CHECK(held >= 169);
  CHECK(held <= 191);
  CHECK(narrower == studies);
}

TEST_CASE("a replicate that fails is named with its course") {
  const Course course{.name = "odd.json", .simulate = [](const sim::RunOptions& run, const sim::Progress&) {
                        if (run.replicate == 2) throw std::runtime_error("no luck");
                        if (run.replicate == 7)
                          throw sim::InputError(sim::Fault{
                              .file = "site s", .where = "tariff", .expected = "a", .found = "b", .hint = {}});
                        return sim::Record{};
                      }};
  const std::vector courses{course};
  try {
    run_replicates(courses, {.replicates = 5, .workers = 2});
    FAIL("it did not throw");
  } catch (const RunError& error) {
    CHECK(std::string(error.what()) == "the run failed: no luck (replicate 2 of odd.json)");
  }
  try {
    run_replicates(courses, {.replicates = 3, .first_replicate = 5});
    FAIL("it did not throw");
  } catch (const sim::InputError& error) {
    CHECK(error.faults().front().text() == "site s: tariff: expected a, found b (replicate 7 of odd.json)");
  }
}

}  // namespace chokepoint::analysis
