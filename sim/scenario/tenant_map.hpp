#pragma once

#include <vector>

#include "sim/fleet/fleet.hpp"
#include "sim/input/fault.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// The name of the tenant that takes the work of all who have no nodes of their own.
inline constexpr const char* everybody = "all";

/// For each tenant of `trace` its place in `tenants`: that of its name, else that of `everybody`, else the only one
/// where the trace names no tenants. Adds a fault for each that has none, and for each job that its tenant's nodes, of
/// `gpus_per_node` GPUs each, can never hold (the first few, with their lines).
std::vector<std::uint32_t> map_tenants(const Trace& trace, const std::vector<TenantNodes>& tenants, int gpus_per_node,
                                       std::vector<Fault>& faults);

}  // namespace chokepoint::sim
