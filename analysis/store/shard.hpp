#pragma once

#include <cstdint>

namespace chokepoint::analysis {

/// One of `count` parts of a study's points, index from 1 on. Neighbouring points go to different shards, so that a
/// part of the study that takes long is shared out. All replicates of a point stay together.
struct Shard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;

  [[nodiscard]] bool holds(std::uint64_t point) const { return point % count == index - 1; }
  /// Of points 0 to `points` - 1.
  [[nodiscard]] std::uint64_t size(std::uint64_t points) const {
    return points < index ? 0 : (points - index) / count + 1;
  }
  friend bool operator==(const Shard&, const Shard&) = default;
};

}  // namespace chokepoint::analysis
