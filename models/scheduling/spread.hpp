#pragma once

#include "models/scheduling/placement.hpp"

namespace chokepoint::models {

/// Jobs smaller than a node go to the node with the most free GPUs, lowest index first, so that few share one. Larger
/// ones take the first wholly free nodes by index, and what is left over goes to the emptiest of the others.
class Spread final : public Placement {
 public:
  bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const override;
};

}  // namespace chokepoint::models
