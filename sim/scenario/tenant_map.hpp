#pragma once

#include <vector>

#include "sim/input/fault.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// The name of the tenant that takes the work of all who have no nodes of their own.
inline constexpr const char* everybody = "all";

/// For each tenant of `trace` its place in `tenants`: that of its name, else that of `everybody`, else the only one
/// where the trace names no tenants. Adds a fault for each that has none, and for each job that its tenant's nodes can
/// never hold (the first few, with their lines).
std::vector<std::uint32_t> map_tenants(const Trace& trace, const FleetSpec& fleet, std::vector<Fault>& faults);

}  // namespace chokepoint::sim
