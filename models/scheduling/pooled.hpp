#pragma once

#include "models/scheduling/placement.hpp"

namespace chokepoint::models {

/// GPUs are counted and nodes ignored: an upper bound on what any placement can start.
class Pooled final : public Placement {
 public:
  [[nodiscard]] bool counts_only() const override { return true; }
  bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const override {
    if (pool.free_gpus() < gpus) return false;
    pool.take_counted(gpus);
    allocation = {.gpus = gpus, .nodes = {}};
    return true;
  }
};

}  // namespace chokepoint::models
