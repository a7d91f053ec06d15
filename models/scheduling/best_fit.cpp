#include "models/scheduling/best_fit.hpp"

#include "models/scheduling/whole_nodes.hpp"

namespace chokepoint::models {

bool BestFit::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  const bool within_node = gpus < pool.gpus_per_node();
  return place_whole_nodes_and_rest(pool, gpus, allocation, [&pool, within_node](std::int32_t rest) {
    return within_node ? pool.fullest_with(rest) : emptiest_with(pool, rest);
  });
}

}  // namespace chokepoint::models
