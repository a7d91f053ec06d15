#include <algorithm>

#include <doctest/doctest.h>

#include "support/figures.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

using tests::figures_of;
using tests::scenario_with;

/// A brokerage's estimate of 2023: 10 questions a visit, 30 words an answer, .35 s of one A100 a word.
std::string visitors(double a_day, const std::string& more = "") {
  return R"({"kind": "inference", "visitors_per_day": )" + std::to_string(a_day) +
         R"(, "requests_per_visit": 10, "tokens_per_request": 30, "gpu_time_per_token": "0.35 s")" + more + "}";
}

/// GPUs that answer, by hour: 224 in all.
constexpr const char* daily =
    R"(, "daily": [4, 3, 2, 2, 2, 3, 5, 8, 11, 13, 14, 14, 13, 13, 14, 14, 14, 13, 12, 12, 12, 11, 9, 6])";
constexpr const char* one_day = R"("duration": "1 d", )";

}  // namespace

TEST_CASE("25 million visits a day keep 30382 GPUs busy and none goes unserved") {
  const auto figures =
      figures_of(scenario_with(visitors(25e6), one_day, 3798),
                 {"requests", "requests_unserved_share", "service_gpus_asked_mean", "gpu_hours", "servers", "gpus"});
  CHECK(figures[0] == doctest::Approx(250e6).epsilon(1e-12));
  CHECK(figures[1] == 0.0);
  CHECK(figures[2] == doctest::Approx(30'382.0).epsilon(1e-12));
  CHECK(figures[3] == doctest::Approx(24 * 30'382.0).epsilon(1e-12));
  CHECK(figures[4] == 3798.0);
}

TEST_CASE("GPUs follow the curve and their peak is the mean times the highest weight") {
  // 224 GPUs on average: 240 requests a second of .93333 s.
  const std::string workload =
      R"({"kind": "inference", "requests_per_second": 240, "gpu_time_per_token": "0.9333333333333333 s")" +
      std::string(daily) + "}";
  const auto scenario = scenario_with(workload, one_day, 100);
  const auto figures = figures_of(scenario, {"service_gpus_asked_peak", "service_gpus_asked_mean", "gpu_hours",
                                             "requests_unserved_share", "service_gpus_had_mean"});
  CHECK(figures[0] == 224.0 * 14.0 / (224.0 / 24.0));
  CHECK(figures[1] == doctest::Approx(224.0).epsilon(1e-12));
  CHECK(figures[2] == doctest::Approx(24 * 224.0).epsilon(1e-12));
  CHECK(figures[3] == 0.0);
  CHECK(figures[4] == doctest::Approx(224.0).epsilon(1e-12));
  const auto by_hour = tests::in_child([&] {
    const Record record = simulate(scenario, {}, {});
    std::vector<double> gpus = std::get<std::vector<double>>(record.tables.front().columns[2].values);
    for (double& value : gpus) value *= 800.0;
    return gpus;
  });
  REQUIRE(by_hour.size() == 24);
  CHECK(by_hour[2] == doctest::Approx(2 * 24.0));
  CHECK(by_hour[10] == doctest::Approx(14 * 24.0));
  CHECK(by_hour[23] == doctest::Approx(6 * 24.0));
}

TEST_CASE("a fleet that is too small leaves unserved what it lacks") {
  // 24,305.6 GPUs asked for, 19,448 there.
  const auto figures = figures_of(scenario_with(visitors(20e6), one_day, 2431),
                                  {"requests_unserved_share", "service_gpus_had_mean", "service_gpus_asked_mean"});
  CHECK(figures[2] == 24'306.0);
  CHECK(figures[1] == doctest::Approx(2431.0 * 8.0).epsilon(1e-12));
  CHECK(figures[0] == doctest::Approx(1.0 - 2431.0 * 8.0 / 24'306.0).epsilon(1e-9));
}

TEST_CASE("replicas of several GPUs with room for peaks ask for more and a floor never falls") {
  const auto figures =
      figures_of(scenario_with(R"({"kind": "inference", "requests_per_second": 10, "tokens_per_request": 100,
        "tokens_per_gpu_second": 50, "utilization": "50 %", "gpus_per_replica": 16, "fewest_replicas": 2,
        "daily": [0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,1]})",
                               one_day, 20),
                 {"service_gpus_asked_peak", "service_gpus_asked_mean", "gpu_hours"});
  // 20 GPUs busy, 40 at half their time, twice that by day: 5 replicas; 2 by night.
  CHECK(figures[0] == 80.0);
  CHECK(figures[1] == 56.0);
  CHECK(figures[2] == doctest::Approx(12 * 80.0 + 12 * 32.0).epsilon(1e-12));
}

TEST_CASE("the time of a token follows from a model and its share of the peak") {
  const auto figures =
      figures_of(scenario_with(R"({"kind": "inference", "requests_per_second": 1000, "tokens_per_request": 100,
        "model": "gpt3-175b", "flop_utilization": 0.1})",
                               one_day, 200),
                 {"service_gpus_asked_mean"});
  // 2 x 175e9 FLOP of 31.2 TFLOP/s: 11.2 ms a token, 1122 GPUs; the shape has 174.6e9 parameters.
  CHECK(figures[0] == doctest::Approx(1122.0).epsilon(0.005));
}

TEST_CASE("a service of high priority is served in full beside jobs that are preempted") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    const std::string service = R"({"kind": "inference", "requests_per_second": 240,
      "gpu_time_per_token": "0.1333333 s")" +
                                std::string(daily) + "}";
    const std::string jobs = R"({"kind": "synthetic", "name": "batch", "mean_interval": "5 min",
      "median_duration": "2 h", "sizes": [{"gpus": 1, "weight": 1}, {"gpus": 4, "weight": 1}]})";
    const auto scenario = [&](const std::string& scheduler) {
      Scenario made = scenario_with("[" + service + ", " + jobs + "]", R"("duration": "4 d", )", 10);
      made.fleets.front().scheduler = scheduler;
      made.fleets.front().restart_s = 60.0;
      return made;
    };
    const std::vector<std::string> keys{"requests_unserved_share",
                                        "service_gpus_had_mean",
                                        "service_gpus_asked_mean",
                                        "jobs_finished",
                                        "job_energy_mwh",
                                        "idle_energy_mwh",
                                        "it_energy_mwh"};
    const auto first = figures_of(scenario("priority"), keys, seed);
    CHECK(first[0] == 0.0);
    CHECK(first[1] == doctest::Approx(first[2]).epsilon(1e-12));
    CHECK(first[3] > 0.0);
    CHECK(first[4] + first[5] == doctest::Approx(first[6]).epsilon(1e-9));
    const auto in_order = figures_of(scenario("fifo"), keys, seed);
    CHECK(in_order[0] > 0.0);
    CHECK(in_order[1] < in_order[2]);
    CHECK(in_order[4] + in_order[5] == doctest::Approx(in_order[6]).epsilon(1e-9));
  }
}

TEST_CASE("work at less than full speed answers fewer requests") {
  Scenario scenario = scenario_with(visitors(250e3), one_day, 38);
  scenario.sites.front().shed = ShedPolicy::slow;
  const auto free = figures_of(scenario, {"requests_unserved_share", "mean_power_mw"});
  CHECK(free[0] == 0.0);
  scenario.sites.front().limit_w = 0.8e6 * free[1];
  const auto limited = figures_of(scenario, {"requests_unserved_share", "service_gpus_had_mean", "requests"});
  CHECK(limited[0] > 0.01);
  CHECK(limited[0] < 0.5);
  CHECK(limited[1] == doctest::Approx(304.0 * (1.0 - limited[0])).epsilon(1e-9));
}

}  // namespace chokepoint::sim
