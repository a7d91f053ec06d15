#pragma once

#include "models/calendar/iso_date.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// The key "market" of a scenario that starts at `start`: dates become days from then on, names places in lists.
void visit_market(FieldVisitor& v, MarketSpec& market, const models::IsoDate& start);

}  // namespace chokepoint::sim
