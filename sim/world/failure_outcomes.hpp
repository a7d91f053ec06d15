#pragma once

#include <vector>

#include "sim/record/record.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {

/// Whether nodes of a fleet may fail by chance.
[[nodiscard]] bool any_failures(const World& world);

/// What failures and checkpoints of all fleets cost: interruptions, GPU-hours lost, restarting, writing and down, and
/// the share of GPUs, and of GPUs at work, that made lasting progress. Empty where no fleet has either, and
/// where the run has a run-in, of which jobs keep no account.
[[nodiscard]] std::vector<Figure> failure_figures(const World& world);

/// A row a failure that struck work, fleet by fleet in order of their dates.
[[nodiscard]] Table failures_table(const World& world);

}  // namespace chokepoint::sim
