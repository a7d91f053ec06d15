#pragma once

#include <optional>

#include "sim/input/field_visitor.hpp"
#include "sim/market/order_up_to_terms.hpp"

namespace chokepoint::sim {

/// The `order_rule` of a cohort of dealers; none for stock management, whose keys are the cohort's.
void visit_order_rule(FieldVisitor& v, std::optional<OrderUpToTerms>& terms);

}  // namespace chokepoint::sim
