#pragma once

#include <cstdint>
#include <utility>

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

/// The node with the most free GPUs; NodeSet::none if those are fewer than `gpus`.
inline std::uint32_t emptiest_with(const NodePool& pool, std::int32_t gpus) {
  const std::uint32_t node = pool.emptiest();
  return node == NodeSet::none || pool.free_on(node) < gpus ? NodeSet::none : node;
}

/// Places as `Placement::place`: the first wholly free nodes for what fills them, and what is left on the node that
/// `find_last(gpus left)` gives, NodeSet::none if there is none.
template <class FindLast>
bool place_whole_nodes_and_rest(NodePool& pool, std::int32_t gpus, Allocation& allocation, const FindLast& find_last) {
  const std::int32_t whole = gpus / pool.gpus_per_node();
  const std::int32_t rest = gpus % pool.gpus_per_node();
  if (pool.wholly_free_nodes() < static_cast<std::uint32_t>(whole)) return false;
  Allocation taken{.gpus = gpus, .nodes = {}};
  take_whole_nodes(pool, whole, taken);
  if (rest > 0) {
    const std::uint32_t last = find_last(rest);
    if (last == NodeSet::none) {
      pool.give_back({.gpus = gpus - rest, .nodes = std::move(taken.nodes)});
      return false;
    }
    pool.take(last, rest);
    taken.nodes.push_back(last);
  }
  allocation = std::move(taken);
  return true;
}

}  // namespace chokepoint::models
