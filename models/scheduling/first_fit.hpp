#pragma once

#include "models/scheduling/placement.hpp"

namespace chokepoint::models {

/// The lowest node that fits; jobs larger than a node take the first wholly free nodes by index, and what is left over
/// goes to the lowest other node that has it free.
class FirstFit final : public Placement {
 public:
  bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const override;
};

}  // namespace chokepoint::models
