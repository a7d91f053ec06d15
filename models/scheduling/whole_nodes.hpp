#pragma once

#include <cstdint>

#include "models/scheduling/node_pool.hpp"

namespace chokepoint::models {

/// Takes the first `count` wholly free nodes by index, and all of their GPUs; there must be as many.
inline void take_whole_nodes(NodePool& pool, std::int32_t count, Allocation& allocation) {
  for (std::int32_t i = 0; i < count; ++i) {
    const std::uint32_t node = pool.fullest_with(pool.gpus_per_node());
    pool.take(node, pool.gpus_per_node());
    allocation.nodes.push_back(node);
  }
}

}  // namespace chokepoint::models
