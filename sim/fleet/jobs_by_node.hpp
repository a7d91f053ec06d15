#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/scheduling/node_pool.hpp"

namespace chokepoint::sim {

/// Which jobs hold GPUs of which node, for whoever asks from the node's side. Jobs are known by their slot. A job that
/// comes or goes: O(jobs of a node) for each of its nodes.
class JobsByNode {
 public:
  struct Held {
    std::uint32_t job = 0;
    std::int32_t gpus = 0;
  };

  JobsByNode(std::uint32_t nodes, std::int32_t gpus_per_node) : gpus_per_node_(gpus_per_node), on_(nodes) {}

  void add(std::uint32_t job, const models::Allocation& allocation);
  void remove(std::uint32_t job, const models::Allocation& allocation);

  [[nodiscard]] const std::vector<Held>& on(std::uint32_t node) const { return on_[node]; }
  /// The job that holds the GPU at `share` (0 to 1) of the node, jobs in order of their slot, free GPUs last.
  [[nodiscard]] std::optional<std::uint32_t> job_at(std::uint32_t node, double share) const;

 private:
  std::int32_t gpus_per_node_;
  std::vector<std::vector<Held>> on_;
};

}  // namespace chokepoint::sim
