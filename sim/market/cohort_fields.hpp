#pragma once

#include "sim/market/market_values.hpp"

namespace chokepoint::sim {

/// The elements of a market's keys "dealers", "buyers", "speculators" and "importers".
void visit_dealers(FieldVisitor& v, const MarketNames& names, DealerCohort& dealers);
void visit_buyers(FieldVisitor& v, const MarketNames& names, BuyerCohort& buyers);
void visit_speculators(FieldVisitor& v, const MarketNames& names, SpeculatorCohort& speculators);
void visit_importers(FieldVisitor& v, const MarketNames& names, ImporterCohort& importers);

}  // namespace chokepoint::sim
