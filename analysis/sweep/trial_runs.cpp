#include "analysis/sweep/trial_runs.hpp"

#include <utility>
#include <variant>

#include "analysis/pool/run_pool.hpp"
#include "analysis/sweep/outcome_check.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::uint64_t trials_of_time = 6;

}  // namespace

std::vector<TrialRun> run_trials(const Study& study, std::span<const std::uint64_t> places,
                                 const TrialOptions& options) {
  std::uint64_t next = 0;
  std::vector<TrialRun> trials;
  const auto run_of = [&](std::uint64_t place) { return StudyRun{.point = point_at(study, places[place])}; };
  RunPool({.workers = options.workers, .limits = options.limits, .tick = options.tick})
      .stream([&] { return next < places.size() ? std::optional(next++) : std::nullopt; },
              [&](std::uint64_t place) {
                return [&, run = run_of(place)](const sim::Progress& progress) {
                  return kept_of(options.run(study, run, progress), study, true);
                };
              },
              [&](std::uint64_t place, RunResult result, const RunUse& use) {
                trials.push_back({.run = run_of(place), .result = std::move(result), .use = use});
              },
              RunPool::Order::completion);
  std::vector<sim::Record> records;
  for (const TrialRun& trial : trials)
    if (const auto* record = std::get_if<sim::Record>(&trial.result)) records.push_back(*record);
  sim::throw_if_any(outcome_faults(study, records));
  return trials;
}

std::optional<RunEstimate> estimate_by_trials(const Study& study, const TrialOptions& options) {
  std::vector<double> wall_s;
  for (const TrialRun& trial : run_trials(study, spread_points(points(study), trials_of_time), options))
    if (std::holds_alternative<sim::Record>(trial.result)) wall_s.push_back(trial.use.wall.count());
  if (wall_s.empty()) return std::nullopt;
  return estimate_time(
      wall_s, {.runs = points(study) * static_cast<std::uint64_t>(study.replicates), .workers = options.workers});
}

}  // namespace chokepoint::analysis
