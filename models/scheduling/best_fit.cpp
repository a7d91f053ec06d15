#include "models/scheduling/best_fit.hpp"

#include "models/scheduling/whole_nodes.hpp"

namespace chokepoint::models {

bool BestFit::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  const std::int32_t whole = gpus / pool.gpus_per_node();
  const std::int32_t rest = gpus % pool.gpus_per_node();
  if (whole == 0) {
    const std::uint32_t node = pool.fullest_with(gpus);
    if (node == NodeSet::none) return false;
    pool.take(node, gpus);
    allocation = {.gpus = gpus, .nodes = {node}};
    return true;
  }
  if (pool.wholly_free_nodes() < static_cast<std::uint32_t>(whole)) return false;
  allocation = {.gpus = gpus, .nodes = {}};
  take_whole_nodes(pool, whole, allocation);
  if (rest == 0) return true;

  const std::uint32_t last = pool.emptiest();
  if (last == NodeSet::none || pool.free_on(last) < rest) {
    pool.give_back({.gpus = gpus - rest, .nodes = allocation.nodes});
    return false;
  }
  pool.take(last, rest);
  allocation.nodes.push_back(last);
  return true;
}

}  // namespace chokepoint::models
