#pragma once

#include <cstdint>

#include "models/reliability/failure_rate.hpp"

namespace chokepoint::sim {

/// A long synchronous run that failures interrupt: work, checkpoint, failure, detection, spare node, restore, work
/// from the last checkpoint. Times to failure are exponential, also while restarting; a job that waits for a node
/// cannot fail. Repairs are exponential. Times in s. Leaves out failures of spares and checkpoints beside work.
struct InterruptedRun {
  /// What the run takes without failures and checkpoints; positive.
  double work_s = 0.0;
  double nodes = 1.0;
  models::FailureRate failures;
  /// Work between checkpoints; positive. The last piece of work is written too.
  double interval_s = 0.0;
  double write_s = 0.0;
  double detection_s = 0.0;
  double restore_s = 0.0;
  int spares = 0;
  /// Mean time until a node that failed is a spare again; 0 where the node itself restarts at once.
  double repair_s = 0.0;
};

/// Where the time of a run went, s: total = work + lost + writing + restarting + waiting.
struct InterruptedRunResult {
  double total_s = 0.0;
  double work_s = 0.0;
  /// Work and started writes that a failure undid.
  double lost_s = 0.0;
  /// Checkpoints written to their end.
  double writing_s = 0.0;
  /// Detection and restore.
  double restarting_s = 0.0;
  double waiting_s = 0.0;
  std::int64_t interruptions = 0;
  std::int64_t of_jobs = 0;
  std::int64_t of_lemons = 0;
  std::int64_t without_spare = 0;

  [[nodiscard]] double effective_ratio() const { return work_s / total_s; }
};

/// Streams `training/failures`, `training/causes` and `training/repairs` of a seed and replicate: runs that differ
/// in their interval alone meet the same times to failure. O(interruptions log spares). The run must be able to end.
InterruptedRunResult simulate(const InterruptedRun& run, std::uint64_t seed, std::uint32_t replicate);

}  // namespace chokepoint::sim
