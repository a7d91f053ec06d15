#pragma once

#include "models/scheduling/placement.hpp"

namespace chokepoint::models {

/// The fewest leaf switches: nodes 0 to n - 1 of a pool hang on its first leaf (of a rail-optimised fabric, on its
/// first group of leaves), the next n on the second. A job that fits under one goes where the fewest nodes are left
/// wholly free; a larger one takes the emptiest leaves whole and its last part where the fewest are left. Within a leaf
/// the lowest nodes, and GPUs that fill none on the fullest node that fits. Ties go to the lowest leaf. Jobs smaller
/// than a node are placed by best-fit. O(nodes) a placement. Leaves out distance beyond the leaf.
class Topology final : public Placement {
 public:
  explicit Topology(const PlacementTerms& terms) : nodes_per_leaf_(static_cast<std::uint32_t>(terms.nodes_per_leaf)) {}
  bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const override;

 private:
  std::uint32_t nodes_per_leaf_;
};

}  // namespace chokepoint::models
