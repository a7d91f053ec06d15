#include "models/scheduling/first_fit.hpp"

#include "models/scheduling/whole_nodes.hpp"

namespace chokepoint::models {

bool FirstFit::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  return place_whole_nodes_and_rest(pool, gpus, allocation,
                                    [&pool](std::int32_t rest) { return pool.first_with(rest); });
}

}  // namespace chokepoint::models
