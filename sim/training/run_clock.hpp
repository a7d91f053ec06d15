#pragma once

#include "models/power/phase_power.hpp"
#include "sim/training/training_run.hpp"

namespace chokepoint::sim {

/// The clock of a run that has its GPUs to itself: its steps, what failures undo and restarts take, and checkpoints.
/// Closed form of models/reliability (run_reliability.hpp) with the failures of Llama 3's nodes, checkpoints of the
/// bytes that a node holds and Daly's interval.
struct RunClock {
  /// Of steps alone, and of the clock, s.
  double work_s = 0.0;
  double total_s = 0.0;
  double interruptions = 0.0;
  /// Share of the clock that makes lasting progress.
  double effective_share = 1.0;
  double checkpoint_interval_s = 0.0;
  double checkpoint_write_s = 0.0;
  /// Shares of the whole clock; idle while it is interrupted, with the run's memory held.
  models::PhaseShares phases;
};

/// Throws InputError, `where` "gpus", where failures leave no time for progress.
RunClock run_clock(const TrainingRun& run);

}  // namespace chokepoint::sim
