#include <cmath>

#include <doctest/doctest.h>

#include "models/tariff/energy_price.hpp"
#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"
#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

constexpr double hour_s = 3600.0;
constexpr double patience_s = 6.0 * hour_s;

double day_price(double at_s) {
  const double hour = std::fmod(at_s / hour_s, 24.0);
  return hour < 7.0 || hour >= 23.0 ? 0.3 : hour >= 18.0 ? 1.4 : 0.8;
}

/// Starts of jobs by their index, on `nodes` of 4.
std::vector<double> starts(const std::vector<Job>& jobs, const std::string& scheduler, std::uint32_t nodes, bool flat) {
  return tests::in_child([&] {
    const FleetSetup setup{
        .name = "fleet",
        .power = {.gpus = 4, .by_state_w = {0, 1, 1, 1, 1, 1}},
        .tenants = {{.name = "all", .nodes = nodes}},
        .scheduler = scheduler,
        .terms = {.patience_s = patience_s, .least_saving = 0.0},
        .prices = models::PriceForecast::Source{
            .price_at = [flat](double at_s) { return flat ? 0.7 : day_price(at_s); }, .step_s = 900.0}};
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source(jobs);
    Outcomes outcomes;
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    std::vector<double> start_s(jobs.size(), -1.0);
    for (const JobOutcome& job : outcomes.jobs) start_s[job.job.index] = job.start_s;
    return start_s;
  });
}

double cost(const Job& job, double start_s) {
  models::PriceForecast prices({.price_at = day_price, .step_s = 900.0});
  return job.gpus * prices.cost(start_s, start_s + job.duration_s);
}

std::vector<Job> jobs_of(std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  return random_jobs(chance, {.jobs = 120, .most_gpus = 8, .span_s = 60.0 * hour_s, .longest_s = 10.0 * hour_s});
}

}  // namespace

TEST_CASE("tariff-aware under a flat price starts every job when FIFO does") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto jobs = jobs_of(seed);
    CHECK(starts(jobs, "tariff-aware", 6, true) == starts(jobs, "fifo", 6, true));
  }
}

TEST_CASE("with GPUs to spare no job waits beyond its patience and the energy of none costs more than under FIFO") {
  int waited = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto jobs = jobs_of(seed);
    const auto start_s = starts(jobs, "tariff-aware", 300, false);
    for (const Job& job : jobs) {
      const double wait_s = start_s[job.index] - job.submit_s;
      REQUIRE(wait_s >= 0.0);
      REQUIRE(wait_s <= patience_s + 1e-6);
      REQUIRE(cost(job, start_s[job.index]) <= cost(job, job.submit_s) * (1.0 + 1e-9));
      waited += wait_s > 0.0 ? 1 : 0;
    }
  }
  CHECK(waited > 500);
}

TEST_CASE("a job past its patience is held by nothing but GPUs") {
  // On few nodes jobs wait for GPUs too; then the first in line that is past its patience waits only while others work.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto jobs = jobs_of(seed);
    const auto start_s = starts(jobs, "tariff-aware", 8, false);
    for (const Job& job : jobs) {
      if (start_s[job.index] <= job.submit_s + patience_s + 1e-6) continue;
      // Somebody left at its start, or one that stood before it in line started then.
      bool explained = false;
      for (const Job& other : jobs) {
        if (other.index == job.index) continue;
        explained = explained || std::abs(start_s[other.index] + other.duration_s - start_s[job.index]) < 1e-6 ||
                    (other.submit_s < job.submit_s && start_s[other.index] == start_s[job.index]);
      }
      CHECK(explained);
    }
  }
}

TEST_CASE("jobs of a scenario start where the tariff by the clock of the site makes them cheapest") {
  const auto times = tests::in_child([] {
    const Scenario scenario = tests::scenario_of(
        R"({"name": "a", "start": "2023-07-05T00:07", "duration": "6 d",
            "sites": [{"name": "s", "time_zone": "America/Los_Angeles", "tariff": "sce-gs2-tou-b"}],
            "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 50, "scheduler": "tariff-aware",
              "patience": "10 h", "least_saving": 0,
              "workload": {"kind": "synthetic", "mean_interval": "2 h", "median_duration": "2 h", "log_sd": 0.3,
                "jobs": 40}}]})");
    const SiteSpec& at = scenario.sites.front();
    const Record record = simulate(scenario, {.keep_details = true}, {});
    const auto price_seconds = [&](double from_s, double until_s) {
      double sum = 0.0;
      for (double at_s = from_s; at_s < until_s; at_s += 60.0)
        sum += std::min(60.0, until_s - at_s) *
               models::energy_price_per_kwh(*at.tariff,
                                            scenario.start + std::chrono::seconds(static_cast<std::int64_t>(at_s)),
                                            at.zone, at.billing);
      return sum;
    };
    // Of each job: how long it waited, what it pays, the least that any start within its patience would, and at once.
    std::vector<double> found;
    for (const Table& table : record.tables) {
      if (table.name != "jobs") continue;
      const auto& submit = std::get<std::vector<double>>(table.columns[1].values);
      const auto& start = std::get<std::vector<double>>(table.columns[2].values);
      const auto& end = std::get<std::vector<double>>(table.columns[3].values);
      for (std::size_t row = 0; row < table.rows(); ++row) {
        const double duration_s = end[row] - start[row];
        double least = price_seconds(submit[row], submit[row] + duration_s);
        const double at_once = least;
        for (double wait_s = 0.0; wait_s <= 36000.0; wait_s += 300.0)
          least = std::min(least, price_seconds(submit[row] + wait_s, submit[row] + wait_s + duration_s));
        found.insert(found.end(), {start[row] - submit[row], price_seconds(start[row], end[row]), least, at_once});
      }
    }
    return found;
  });
  REQUIRE(times.size() == 160);
  int cheaper = 0;
  for (std::size_t i = 0; i < times.size(); i += 4) {
    CHECK(times[i] <= 36000.0 + 1e-6);
    CHECK(times[i + 1] <= times[i + 2] * 1.005);
    cheaper += times[i + 1] < 0.9 * times[i + 3] ? 1 : 0;
  }
  CHECK(cheaper > 3);
}

}  // namespace chokepoint::sim
