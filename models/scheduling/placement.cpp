#include "models/scheduling/placement.hpp"

#include "models/scheduling/best_fit.hpp"
#include "models/scheduling/first_fit.hpp"
#include "models/scheduling/policy_list.hpp"
#include "models/scheduling/pooled.hpp"
#include "models/scheduling/spread.hpp"
#include "models/scheduling/topology.hpp"

namespace chokepoint::models {
namespace {

using Placements = PolicyList<Placement, PlacementTerms>;

const Placements& all_placements() {
  static const Placements all{Placements::entry<BestFit>("best-fit"), Placements::entry<FirstFit>("first-fit"),
                              Placements::entry<Pooled>("pooled"), Placements::entry<Spread>("spread"),
                              Placements::entry<Topology>("topology")};
  return all;
}

}  // namespace

bool Placement::could_ever_fit(const NodePool& pool, std::int32_t gpus) const {
  return gpus <= pool.gpus();
}

std::span<const std::string> placement_names() {
  return all_placements().names();
}

std::unique_ptr<Placement> make_placement(std::string_view name, const PlacementTerms& terms) {
  return all_placements().make(name, terms);
}

}  // namespace chokepoint::models
