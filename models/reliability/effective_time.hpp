#pragma once

namespace chokepoint::models {

/// A long run that is interrupted, restarted and checkpointed. Times in s.
struct InterruptedWork {
  double interruptions_per_s = 0.0;
  /// From an interruption to work again: detection, spare, start, restore.
  double restart_s = 0.0;
  /// How long work stands still for a checkpoint.
  double write_s = 0.0;
  /// Work between two checkpoints, their writing not counted; positive.
  double interval_s = 0.0;
  /// How long a checkpoint is written on beside work before it counts; 0 where work stands still for all of it.
  double written_beside_s = 0.0;
};

/// Share of time that makes lasting progress, first order in the rate (Kokolis et al., arXiv:2410.21680):
/// (1 - rate (restart + interval / 2 + written beside)) / (1 + write / interval), never below 0.
double effective_time_ratio(const InterruptedWork& work);

/// The same without that approximation (Daly, 2006): interval rate / (exp(rate restart) (exp(rate (interval + write))
/// - 1)) for exponential failures, which also strike during restarts and writes; above 0. A checkpoint that is written
/// on beside work moves the point that a run falls back to: it counts as so much more restart.
double complete_effective_time_ratio(const InterruptedWork& work);

/// Chance that a failure finds all `spares` in repair: Erlang's loss formula with load rate x mean repair. Holds for
/// exponential failures and repairs and a job that waits, and cannot fail, until a node comes back.
double no_spare_probability(int spares, double failures_per_s, double mean_repair_s);

/// Mean wait of a failure that found no spare, s: the first of spares + 1 repairs.
double mean_spare_wait_s(int spares, double mean_repair_s);

}  // namespace chokepoint::models
