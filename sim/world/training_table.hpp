#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/tariff/bill.hpp"
#include "sim/record/table.hpp"
#include "sim/workload/training_work.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {

/// What became of a training run of a fleet.
struct TrainingOutcome {
  const TrainingWork::Run* order = nullptr;
  /// With the GPUs that it got; those that it asks for first while it waits.
  const TrainingRun* run = nullptr;
  const FleetSpec* fleet = nullptr;
  JobOutcome job;
  JobState state = JobState::waiting;
  double tokens_done = 0.0;
  /// From its first start to its end, or to the end of the simulation, s.
  double elapsed_s = 0.0;
  /// End over deadline, negative if early; none without a deadline, and while a run that has not ended may still make
  /// it.
  std::optional<double> late_s{};
  /// Time that its steps take without failures and checkpoints, over its time.
  double effective_share = 0.0;
  /// GPUs that would do at their peak what it did, in its time.
  double gpus_at_peak = 0.0;

  [[nodiscard]] bool started() const { return job.start_s >= 0.0; }
};

/// Of all fleets, in order of submission within each of their works.
std::vector<TrainingOutcome> training_outcomes(const World& world);

/// Table "training", a row a run; without rows where the scenario trains nothing. Costs in the accounting currency:
/// electricity at the mean price of the site's bill, hardware by the rule of Epoch AI over the time that it was held.
Table training_table(const World& world, const std::vector<std::optional<models::Bill>>& bills);

}  // namespace chokepoint::sim
