#include <cmath>
#include <numeric>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/calibration/figure_number.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/pool/run_pool.hpp"
#include "analysis/study/study_text.hpp"
#include "analysis/sweep/study_run.hpp"
#include "models/statistics/sorted_sample.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

/// Two days of a queue of four servers: how often jobs arrive and how long they last, told by how many came and how
/// busy the servers were. Both have luck, that of the count grows with it.
Study queue_study() {
  return tests::StudyFolder()
      .with("queue.json", R"({"name": "queue", "start": "2024-01-01", "duration": "2 d", "currency": "USD",
        "sites": [{"name": "s"}], "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "workload":
        {"kind": "synthetic", "mean_interval": "40 min", "median_duration": "1 h", "log_sd": 0.5,
         "sizes": [{"gpus": 8, "weight": 1}]}}]})")
      .load(R"({"name": "queue", "scenario": "queue.json", "outcomes": ["jobs", "gpu_utilization_allocated"],
        "parameters": [
          {"name": "interval", "at": "/fleets/0/workload/mean_interval", "from": "20 min", "to": "80 min", "scale": "log",
           "steps": 2},
          {"name": "duration", "at": "/fleets/0/workload/median_duration", "from": "20 min", "to": "80 min",
           "scale": "log", "steps": 2}],
        "design": {"kind": "grid"}, "replicates": 3,
        "calibration": {"sets": 40, "wave": 60, "waves": 8, "starts": 0, "profile_points": 0},
        "targets": [{"outcome": "jobs", "value": 0, "tolerance": 4},
                    {"outcome": "gpu_utilization_allocated", "value": 0, "tolerance": 0.03}]})");
}

/// What a truth drawn from the prior shows: a run of it with draws of its own, and the tolerances.
std::vector<double> truth_of(Study& study, std::uint64_t trial) {
  sim::RandomStream draws(trial, 0, "truth");
  std::vector<double> truth(study.parameters.size());
  for (double& coordinate : truth) coordinate = draws.uniform();
  constexpr std::uint64_t other_replicate = 1000;
  const StudyRun run{.point = point_of(study, truth), .replicate = other_replicate};
  const std::vector<Run> runs{
      [&](const sim::Progress& progress) { return kept_of(simulate_study_run(study, run, progress), study, false); }};
  const sim::Record record = record_or_throw(RunPool({.workers = 1}).run(runs).front());
  for (Target& target : study.targets)
    target.value = figure_number(record, target.outcome) + target.tolerance * draws.normal();
  return truth;
}

}  // namespace

TEST_CASE("a truth of a simulated queue lies inside its ensemble in 90 % of 100 trials" * doctest::test_suite("slow")) {
  Study study = queue_study();
  check_calibration(study);
  std::vector<int> count(study.parameters.size());
  for (std::uint64_t trial = 1; trial <= 100; ++trial) {
    study.seed = study.calibration.seed = trial;
    const std::vector<double> truth = truth_of(study, trial);
    StudyEvaluation evaluation(study, 2);
    const Calibration found = calibrate(
        truth.size(), study.targets, [&](auto places) { return evaluation(places); }, study.calibration);
    REQUIRE(evaluation.failed() == 0);
    std::vector<double> weights;
    for (const Kept& member : found.members) weights.push_back(member.weight);
    for (std::size_t k = 0; k < truth.size() && !weights.empty(); ++k) {
      std::vector<double> values;
      for (const Kept& member : found.members) values.push_back(found.evaluated[member.index].place[k]);
      if (models::SortedSample(values, weights).quantile(0.05, models::QuantileOf::population) <= truth[k] &&
          truth[k] <= models::SortedSample(values, weights).quantile(0.95, models::QuantileOf::population))
        ++count[k];
    }
  }
  const double mean = std::reduce(count.begin(), count.end()) / static_cast<double>(count.size());
  MESSAGE(fmt::format("interval, duration: {} of 100", fmt::join(count, ", ")));
  // A count of 100 trials has a standard deviation of 3.
  CHECK(std::abs(mean - 90.0) <= 5.0);
  for (const int one : count) CHECK(std::abs(one - 90) <= 9);
}

}  // namespace chokepoint::analysis
