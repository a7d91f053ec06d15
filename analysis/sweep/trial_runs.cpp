#include "analysis/sweep/trial_runs.hpp"

#include <vector>

#include "analysis/pool/run_pool.hpp"
#include "analysis/sweep/outcome_check.hpp"
#include "analysis/sweep/study_run.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::uint64_t trials = 6;

}  // namespace

std::optional<RunEstimate> try_runs(const Study& study, const TrialOptions& options) {
  const auto places = spread_points(points(study), trials);
  std::uint64_t next = 0;
  std::vector<double> wall_s;
  std::vector<sim::Record> records;
  RunPool({.workers = options.workers, .limits = options.limits})
      .stream([&] { return next < places.size() ? std::optional(next++) : std::nullopt; },
              [&](std::uint64_t place) {
                return
                    [&study, run = StudyRun{.point = point_at(study, places[place])}](const sim::Progress& progress) {
                      return kept_of(simulate_study_run(study, run, progress), study, true);
                    };
              },
              [&](std::uint64_t, RunResult result, const RunUse& use) {
                auto* record = std::get_if<sim::Record>(&result);
                if (record == nullptr) return;
                records.push_back(std::move(*record));
                wall_s.push_back(use.wall.count());
              },
              RunPool::Order::completion);
  check_outcomes(study, records);
  if (wall_s.empty()) return std::nullopt;
  return estimate_time(
      wall_s, {.runs = points(study) * static_cast<std::uint64_t>(study.replicates), .workers = options.workers});
}

}  // namespace chokepoint::analysis
