#include "sim/training/run_clock.hpp"

#include <cmath>

#include <fmt/format.h>

#include "models/reliability/run_reliability.hpp"
#include "models/training/transformer.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

/// A run that gets less than this out of its time does not end.
constexpr double least_effective_share = 0.01;

}  // namespace

RunClock run_clock(const TrainingRun& run) {
  const models::RunOutlook outlook =
      models::outlook({.parameters = models::parameters(run.setup.task.model).total, .gpus = 1.0 * run.gpus()});
  const double rate = outlook.interruptions_per_s;
  RunClock clock{.work_s = run.work_s(),
                 .effective_share = outlook.effective_ratio,
                 .checkpoint_interval_s = outlook.interval_s,
                 .checkpoint_write_s = outlook.write_s};
  if (clock.effective_share < least_effective_share)
    throw InputError(Fault{.file = {},
                           .where = "gpus",
                           .expected = "a run that makes progress between its failures",
                           .found = fmt::format("one each {:.0f} s", 1.0 / rate)});
  clock.total_s = clock.work_s / clock.effective_share;
  clock.interruptions = rate * clock.total_s;

  // A failure while restarting cuts that restart short.
  const double restarting = -std::expm1(-rate * outlook.restart_s);
  const double writing = clock.effective_share * clock.checkpoint_write_s / clock.checkpoint_interval_s;
  const double steps = 1.0 - restarting - writing;
  clock.phases = {.computing = steps * run.phases.computing,
                  .communicating = steps * run.phases.communicating,
                  .checkpointing = writing,
                  .idle = restarting};
  return clock;
}

}  // namespace chokepoint::sim
