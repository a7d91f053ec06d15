#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/fleet/node_failures.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// What the names of the random streams of a part of a scenario begin with. They follow the names that the scenario
/// gives and never places in its lists, so that a fleet, a work or a tenant that joins, wherever it stands, moves no
/// draws of the others. A slash in a name is written as RFC 6901 asks.

/// "fleets/FLEET/work/NAME". Works without a name are told apart by their order among those of their kind: the first is
/// "fleets/FLEET", whatever stands beside it, so that a list may grow from a single work; the next one is
/// "fleets/FLEET/unnamed/1".
std::string work_stream(const FleetSpec& fleet, std::size_t place);

/// Of the nodes of a fleet: "fleets/FLEET", and of those of a tenant "fleets/FLEET/tenants/NAME".
std::vector<NodeFailures::Nodes> node_streams(const FleetSpec& fleet);

}  // namespace chokepoint::sim
