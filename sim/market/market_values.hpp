#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/input/field_visitor.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// What the parts of a market need to know of the others: those that are read so far.
struct MarketNames {
  const MarketSpec& market;

  [[nodiscard]] std::vector<std::string> regions() const;
  /// The region of a place among them. A schema has no regions; its prices are of any currency.
  [[nodiscard]] MarketRegion region(std::size_t place) const;
};

/// A date, as days from the market's first.
void visit_day(FieldVisitor& v, const MarketNames& names, double& day);
/// A duration from `least` days.
void visit_days(FieldVisitor& v, double& days, double least);
void visit_days(FieldVisitor& v, std::int64_t& days, double least);
/// Money in the region's currency.
void visit_market_price(FieldVisitor& v, const MarketRegion& region, double& value);
/// The name of one of `known`, as its place among them; whether it is one.
bool visit_place(FieldVisitor& v, std::size_t& place, const std::string& what, const std::vector<std::string>& known);
/// Refuses levels whose dates do not grow.
void refuse_disorder(FieldVisitor& v, const std::vector<DatedLevel>& levels);

}  // namespace chokepoint::sim
