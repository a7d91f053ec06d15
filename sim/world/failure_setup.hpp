#pragma once

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/node_failures.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// What interruptions cost the jobs of a fleet, and what fails in it, with rates of the fleet's own nodes: those of
/// nodes of 8 GPUs times the share of 8 that they have (assumed).
JobsAtWork::Interruptions interruptions_of(const FleetSpec& fleet);
/// Expects a fleet with failures.
FailureSetup failures_of(const FleetSpec& fleet);

}  // namespace chokepoint::sim
