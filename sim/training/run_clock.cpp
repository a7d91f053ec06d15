#include "sim/training/run_clock.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/reliability/checkpoint.hpp"
#include "models/reliability/effective_time.hpp"
#include "models/reliability/failure_rate.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

/// The nodes of Llama 3 had 8 GPUs.
constexpr double gpus_of_failing_node = 8.0;
/// Middle of 77 to 146 s to write and 39 to 145 s to restore what a node of 8 GPUs holds (arXiv:2502.16631); detection
/// is assumed.
constexpr double checkpoint_write_s = 112.0;
constexpr double checkpoint_restore_s = 92.0;
constexpr double detection_s = 120.0;

}  // namespace

RunClock run_clock(const TrainingRun& run) {
  models::FailureRate failures;
  for (const models::FailureCause& cause : models::llama3_failure_causes())
    failures.per_1000_node_days += cause.per_1000_node_days;
  const double rate = models::interruptions_per_s(failures, std::max(1.0, run.gpus() / gpus_of_failing_node));
  const double restart_s = detection_s + checkpoint_restore_s;

  RunClock clock{.work_s = run.work_s(), .checkpoint_write_s = checkpoint_write_s};
  clock.checkpoint_interval_s = models::daly_interval_s(1.0 / rate, checkpoint_write_s);
  clock.effective_share = models::effective_time_ratio({.interruptions_per_s = rate,
                                                        .restart_s = restart_s,
                                                        .write_s = checkpoint_write_s,
                                                        .interval_s = clock.checkpoint_interval_s});
  if (!(clock.effective_share > 0.0))
    throw InputError(Fault{.file = {},
                           .where = "gpus",
                           .expected = "a run that makes progress between its failures",
                           .found = fmt::format("one each {:.0f} s", 1.0 / rate)});
  clock.total_s = clock.work_s / clock.effective_share;
  clock.interruptions = rate * clock.total_s;

  const double restarting = rate * restart_s;
  const double writing = clock.effective_share * checkpoint_write_s / clock.checkpoint_interval_s;
  const double steps = 1.0 - restarting - writing;
  clock.phases = {.computing = steps * run.phases.computing,
                  .communicating = steps * run.phases.communicating,
                  .checkpointing = writing,
                  .idle = restarting};
  return clock;
}

}  // namespace chokepoint::sim
