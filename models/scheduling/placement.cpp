#include "models/scheduling/placement.hpp"

#include <array>

#include "models/contract/expects.hpp"
#include "models/scheduling/best_fit.hpp"
#include "models/scheduling/first_fit.hpp"
#include "models/scheduling/pooled.hpp"

namespace chokepoint::models {

bool Placement::could_ever_fit(const NodePool& pool, std::int32_t gpus) const {
  return gpus <= pool.gpus();
}

std::span<const std::string> placement_names() {
  static const std::array<std::string, 3> names{"best-fit", "first-fit", "pooled"};
  return names;
}

std::unique_ptr<Placement> make_placement(std::string_view name) {
  if (name == "best-fit") return std::make_unique<BestFit>();
  if (name == "first-fit") return std::make_unique<FirstFit>();
  expects(name == "pooled", "the name of a placement is one of placement_names()");
  return std::make_unique<Pooled>();
}

}  // namespace chokepoint::models
