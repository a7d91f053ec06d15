#pragma once

#include "models/scheduling/placement.hpp"

namespace chokepoint::models {

/// Up to a node's GPUs: the fullest node that fits, lowest index first. A multiple of them: the first wholly free
/// nodes by index. Another number: as many wholly free nodes as it fills, and the rest on the node with the most free
/// GPUs of those that are left (the "consolidate" placement of Hu et al., "Characterization and prediction of deep
/// learning workloads in large-scale GPU datacenters", SC '21).
class BestFit final : public Placement {
 public:
  bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const override;
};

}  // namespace chokepoint::models
