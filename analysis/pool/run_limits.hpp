#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace chokepoint::analysis {

/// What one run may use.
struct RunLimits {
  /// Wall time.
  std::optional<std::chrono::milliseconds> time = {};
  /// Bytes of data (heap, stacks, private mappings), with what its parent held when it was forked.
  std::optional<std::uint64_t> memory = {};
};

}  // namespace chokepoint::analysis
