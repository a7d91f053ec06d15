#include "models/scheduling/spread.hpp"

#include "models/scheduling/whole_nodes.hpp"

namespace chokepoint::models {

bool Spread::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  const std::int32_t whole = gpus / pool.gpus_per_node();
  const std::int32_t rest = gpus % pool.gpus_per_node();
  if (pool.wholly_free_nodes() < static_cast<std::uint32_t>(whole)) return false;
  Allocation taken{.gpus = gpus, .nodes = {}};
  take_whole_nodes(pool, whole, taken);
  if (rest > 0) {
    const std::uint32_t last = pool.emptiest();
    if (last == NodeSet::none || pool.free_on(last) < rest) {
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
