#pragma once

#include <vector>

#include "sim/input/field_visitor.hpp"
#include "sim/market/shock_spec.hpp"

namespace chokepoint::sim {

/// A list of shocks as a scenario states it: what each is, when, and whom it meets. Refused are dates out of order,
/// attributes of accelerators that no catalogue knows, chances outside 0 to 1, names that stand twice, and rumours of
/// shocks that are not in the list. Names of regions and products are held against a market by shock_check.
void visit_shocks(FieldVisitor& v, std::vector<ShockSpec>& shocks);

}  // namespace chokepoint::sim
