#pragma once

namespace chokepoint::models {

/// A long run that is interrupted, restarted and checkpointed. Times in s.
struct InterruptedWork {
  double interruptions_per_s = 0.0;
  /// From an interruption to work again: detection, spare, restore.
  double restart_s = 0.0;
  double write_s = 0.0;
  /// Work between two checkpoints, their writing not counted; positive.
  double interval_s = 0.0;
};

/// Share of time that makes lasting progress, first order in the rate (Kokolis et al., arXiv:2410.21680):
/// (1 - rate (restart + interval / 2)) / (1 + write / interval), never below 0.
double effective_time_ratio(const InterruptedWork& work);

/// Chance that a failure finds all `spares` in repair: Erlang's loss formula with load rate x mean repair. Holds for
/// exponential failures and repairs and a job that waits, and cannot fail, until a node comes back.
double no_spare_probability(int spares, double failures_per_s, double mean_repair_s);

/// Mean wait of a failure that found no spare, s: the first of spares + 1 repairs.
double mean_spare_wait_s(int spares, double mean_repair_s);

}  // namespace chokepoint::models
