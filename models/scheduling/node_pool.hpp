#pragma once

#include <cstdint>
#include <vector>

#include "models/scheduling/node_set.hpp"

namespace chokepoint::models {

/// GPUs that a job holds: `gpus_per_node` on each of `nodes` but the last, which has the rest. Without nodes the GPUs
/// are counted only (pooled placement). `pool` tells of which pool they are, where there are several.
struct Allocation {
  std::int32_t gpus = 0;
  std::vector<std::uint32_t> nodes;
  std::uint32_t pool = 0;
};

/// Nodes of equal size and how many of their GPUs are free; finds nodes by their number of free GPUs.
/// Every call: O(log n) a node, and O(gpus_per_node) to look through the numbers of free GPUs.
class NodePool {
 public:
  /// `nodes` >= 0 nodes of `gpus_per_node` >= 1 GPUs, all free.
  NodePool(std::uint32_t nodes, std::int32_t gpus_per_node);

  [[nodiscard]] std::int32_t gpus_per_node() const { return gpus_per_node_; }
  [[nodiscard]] std::uint32_t nodes() const { return static_cast<std::uint32_t>(free_.size()); }
  [[nodiscard]] std::int64_t gpus() const { return std::int64_t{gpus_per_node_} * nodes(); }
  [[nodiscard]] std::int64_t free_gpus() const { return free_gpus_; }
  [[nodiscard]] std::int32_t free_on(std::uint32_t node) const { return free_[node]; }
  [[nodiscard]] std::uint32_t wholly_free_nodes() const { return by_free_.back().size(); }

  /// The lowest node of those with the fewest free GPUs that are at least `gpus`; NodeSet::none if there is none.
  [[nodiscard]] std::uint32_t fullest_with(std::int32_t gpus) const;
  /// The lowest node of those with the most free GPUs; NodeSet::none in a pool without nodes.
  [[nodiscard]] std::uint32_t emptiest() const;
  /// The lowest node with at least `gpus` free GPUs; NodeSet::none if there is none.
  [[nodiscard]] std::uint32_t first_with(std::int32_t gpus) const;

  void take(std::uint32_t node, std::int32_t gpus);
  /// Makes `gpus` of a node's GPUs the free ones.
  void set_free_on(std::uint32_t node, std::int32_t gpus);
  /// Takes GPUs without a node.
  void take_counted(std::int32_t gpus);
  void give_back(const Allocation& allocation);
  /// Takes the very GPUs of an allocation that was given back; false, and nothing taken, if some are not free.
  bool take_again(const Allocation& allocation);

 private:
  void set_free(std::uint32_t node, std::int32_t gpus);

  std::int32_t gpus_per_node_;
  std::int64_t free_gpus_;
  std::vector<std::int32_t> free_;
  std::vector<NodeSet> by_free_;
};

}  // namespace chokepoint::models
