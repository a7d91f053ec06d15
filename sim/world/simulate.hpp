#pragma once

#include <cstdint>

#include "sim/record/progress.hpp"
#include "sim/record/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  /// Whether the record has tables of details: a row a job, and of a market its allocations and contracts.
  bool keep_details = false;
};

/// Runs a scenario once: (scenario, seed, replicate) -> Record, the same to the byte each time. Opens SimGrid's engine,
/// so a process does it once. Throws InputError where a load cannot be billed on its tariff.
Record simulate(const Scenario& scenario, const RunOptions& options, const Progress& progress);

}  // namespace chokepoint::sim
