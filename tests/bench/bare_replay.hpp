#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/fleet/fleet.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::bench {

/// The same replay as a plain loop, as one would write it for this alone: FIFO or SJF, best fit on nodes of 8 GPUs,
/// whole trace in memory; no clock of SimGrid, no power, no meter, no record but the start of each job. What the
/// simulator is measured against, and a second method for its starts.
std::vector<double> bare_replay(const sim::Trace& trace, const std::vector<std::uint32_t>& tenant_of,
                                const std::vector<sim::TenantNodes>& tenants, bool shortest_first);

}  // namespace chokepoint::bench
