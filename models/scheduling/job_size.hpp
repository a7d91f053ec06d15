#pragma once

#include <cstdint>

namespace chokepoint::models {

/// GPUs on which a job may run, how long it takes on them and what it draws there. `pool` tells the nodes that they are
/// of, where a fleet has several kinds.
struct JobSize {
  std::int32_t gpus = 1;
  double duration_s = 0.0;
  std::uint32_t pool = 0;
  /// Share of a GPU's power of computing that it adds to idleness.
  double intensity = 1.0;
};

}  // namespace chokepoint::models
