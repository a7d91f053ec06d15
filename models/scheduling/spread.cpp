#include "models/scheduling/spread.hpp"

#include "models/scheduling/whole_nodes.hpp"

namespace chokepoint::models {

bool Spread::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  return place_whole_nodes_and_rest(pool, gpus, allocation,
                                    [&pool](std::int32_t rest) { return emptiest_with(pool, rest); });
}

}  // namespace chokepoint::models
