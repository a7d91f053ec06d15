#pragma once

#include <cstdint>

#include "models/reliability/failure_table.hpp"

namespace chokepoint::sim {

/// What fails by chance in a fleet, as a scenario states it: rates as they are counted, of nodes of 8 GPUs. Times in s;
/// repair, detection and start are assumed where a scenario says nothing.
struct FailureSpec {
  bool on = true;
  models::FailureTable table = models::failure_table("llama3");
  double lemon_share = 0.0;
  double lemon_multiple = 1.0;
  /// Failures of its hardware after which another node comes in a node's place; 0: never.
  std::int64_t replaced_after = 0;
  double repair_s = 4.0 * 3600.0;
  /// Until a failure is known, and until the processes of a job stand again.
  double detection_s = 120.0;
  double start_s = 300.0;
};

}  // namespace chokepoint::sim
