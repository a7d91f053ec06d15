#include <cmath>

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"
#include "support/figures.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

using tests::figures_of;
using tests::scenario_with;

constexpr const char* jobs = R"({"kind": "synthetic", "mean_interval": "10 min", "median_duration": "2 h",
  "log_sd": 1.2, "sizes": [{"gpus": 1, "weight": 3}, {"gpus": 8, "weight": 1}]})";

/// A run of `days` of which `run_in` are not counted, on four servers at a limited site with a tariff.
Scenario scenario_of(double days, double run_in, ShedPolicy shed) {
  Scenario scenario =
      tests::scenario_of(R"({"name": "a", "start": "2023-01-02", "duration": ")" + std::to_string(24.0 * days) +
                         R"( h", "run_in": ")" + std::to_string(24.0 * run_in) +
                         R"( h", "series_step": "30 min", "sites": [{"name": "s", "pue": 1.3, "it_load": "1 kW",
       "tariff": {"kind": "flat", "price": "0.1 USD/kWh"}, "limit": "18 kW"}],
       "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "workload": )" +
                         jobs + "}]}");
  scenario.sites.front().shed = shed;
  return scenario;
}

/// Poisson arrivals of rate `load` for `length_s`, exponential durations of mean 1 s, one GPU each.
class MarkovWork final : public Work {
 public:
  MarkovWork(double load, double length_s) : load_(load), length_s_(length_s) {}
  void visit(FieldVisitor&) override {}
  [[nodiscard]] bool ends_by_itself() const override { return true; }
  [[nodiscard]] std::string words(const FleetSpec&) const override { return {}; }
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override {
    return std::make_unique<Source>(*this, run.seed);
  }

 private:
  class Source final : public JobSource {
   public:
    Source(const MarkovWork& work, std::uint64_t seed)
        : work_(work), arrivals_(seed, 0, "arrivals"), durations_(seed, 0, "durations") {}
    bool next(Job& job) override {
      time_s_ += arrivals_.exponential(1.0 / work_.load_);
      if (time_s_ > work_.length_s_) return false;
      job = {.index = made_++, .submit_s = time_s_, .duration_s = durations_.exponential(1.0), .gpus = 1};
      return true;
    }

   private:
    const MarkovWork& work_;
    RandomStream arrivals_;
    RandomStream durations_;
    double time_s_ = 0.0;
    std::uint64_t made_ = 0;
  };
  double load_;
  double length_s_;
};

/// Mean wait of M/M/c with unit service times, Erlang C over Erlang B's recursion.
double mean_wait_s(int servers, double load) {
  double blocked = 1.0;
  for (int n = 1; n <= servers; ++n) blocked = load * blocked / (n + load * blocked);
  const double busy = load / servers;
  return blocked / (1.0 - busy * (1.0 - blocked)) / (servers - load);
}

}  // namespace

TEST_CASE("a run-in and what comes after it add up to the run without one") {
  const std::vector<std::string> keys{"energy_mwh",      "it_energy_mwh",    "gpu_hours", "job_energy_mwh",
                                      "idle_energy_mwh", "electricity_cost", "days"};
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend}) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      CAPTURE(static_cast<int>(shed));
      CAPTURE(seed);
      const double run_in = 0.5 + static_cast<double>(seed) / 12.0;
      const auto whole = figures_of(scenario_of(3.0, 0.0, shed), keys, seed);
      const auto before = figures_of(scenario_of(run_in, 0.0, shed), keys, seed);
      const auto after = figures_of(scenario_of(3.0, run_in, shed), keys, seed);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        CAPTURE(keys[i]);
        // Bills are rounded to a ten-thousandth.
        const double rounding = keys[i] == "electricity_cost" ? 3e-4 : 1e-9 * whole[i];
        CHECK(std::abs(before[i] + after[i] - whole[i]) <= rounding);
      }
      // Of the counted window alone: jobs and idleness and the kilowatt beside them.
      const double it_load_mwh = 1e-3 * 24.0 * (3.0 - run_in);
      CHECK(after[3] + after[4] + it_load_mwh == doctest::Approx(after[1]).epsilon(1e-9));
    }
  }
}

TEST_CASE("jobs and series begin where the record says that it counts from") {
  const Scenario scenario = scenario_of(3.0, 1.0, ShedPolicy::hold);
  const auto numbers = tests::in_child([&] {
    const Record record = simulate(scenario, {.keep_details = true}, {});
    const Table& jobs_table = record.tables.back();
    const auto& submits = std::get<std::vector<double>>(jobs_table.columns[1].values);
    const auto& times = std::get<std::vector<double>>(record.tables.front().columns[0].values);
    std::string from;
    for (const Figure& figure : record.figures)
      if (figure.key == "counted_from") from = std::get<std::string>(figure.value);
    return std::vector<double>{
        tests::figure(record, "jobs"),     static_cast<double>(submits.size()),      submits.front(), times.front(),
        static_cast<double>(times.size()), from == "2023-01-03T00:00:00" ? 1.0 : 0.0};
  });
  CHECK(numbers[0] == numbers[1]);
  CHECK(numbers[2] >= 86400.0);
  CHECK(numbers[2] < 86400.0 + 7200.0);
  CHECK(numbers[3] == 86400.0);
  CHECK(numbers[4] == 96.0);
  CHECK(numbers[5] == 1.0);
}

TEST_CASE("a series after a run-in is the tail of the series without one") {
  const auto power = [](double run_in) {
    return tests::in_child([&] {
      const Record record = simulate(scenario_of(3.0, run_in, ShedPolicy::suspend), {.seed = 5}, {});
      for (const Column& column : record.tables.front().columns)
        if (column.name == "power_w") return std::get<std::vector<double>>(column.values);
      return std::vector<double>{};
    });
  };
  const auto whole = power(0.0);
  const auto tail = power(1.0);
  REQUIRE(whole.size() == 144);
  REQUIRE(tail.size() == 96);
  for (std::size_t step = 0; step < tail.size(); ++step)
    CHECK(tail[step] == doctest::Approx(whole[48 + step]).epsilon(1e-9));
}

// A queue that begins empty waits too little: ten servers at load 9.5 need some thousand mean durations to forget it.
TEST_CASE("a run-in brings the wait of a steady queue closer to Erlang C" * doctest::test_suite("heavy")) {
  constexpr double load = 9.5;
  const auto mean_of_runs = [&](double run_in_s) {
    double sum_s = 0.0;
    constexpr std::uint64_t seeds = 120;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      Scenario scenario = tests::scenario_of(R"({"name": "a", "start": "2023-01-02", "duration": "1 h",
        "sites": [{"name": "s"}], "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 10}]})");
      scenario.end.reset();
      scenario.run_in_s = run_in_s;
      scenario.fleets.front().server.gpus = 1;
      scenario.fleets.front().server.power.gpus = 1;
      scenario.fleets.front().works = {{.name = {}, .work = std::make_shared<MarkovWork>(load, 600.0)}};
      sum_s += figures_of(scenario, {"wait_mean_s"}, seed).front();
    }
    return sum_s / seeds;
  };
  const double expected_s = mean_wait_s(10, load);
  CHECK(expected_s == doctest::Approx(1.6510).epsilon(1e-3));
  const double without_s = mean_of_runs(0.0);
  const double with_s = mean_of_runs(200.0);
  CHECK(std::abs(with_s - expected_s) < std::abs(without_s - expected_s));
  CHECK(without_s < expected_s);
  CHECK(with_s == doctest::Approx(expected_s).epsilon(0.1));
}

}  // namespace chokepoint::sim
