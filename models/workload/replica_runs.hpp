#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::models {

/// `count` replicas that are up from step `first` until before step `end`.
struct ReplicaRun {
  std::size_t first = 0;
  std::size_t end = 0;
  std::int64_t count = 0;

  friend bool operator==(const ReplicaRun&, const ReplicaRun&) = default;
};

/// A number of replicas by step as replicas that start and leave: those that started last leave first, so that few are
/// started (the sum of all rises) and the same ones stay as long as they can. In order of their first step, those that
/// stay longest first. O(n log n).
std::vector<ReplicaRun> replica_runs(std::span<const std::int64_t> replicas_by_step);

}  // namespace chokepoint::models
