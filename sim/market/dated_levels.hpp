#pragma once

#include <span>

#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// Straight between two levels, the first and the last held before and after. `levels` in order of days, at least one.
double straight_between(std::span<const DatedLevel> levels, double day);
/// The same in logarithms, for positive levels: growth is steady between two.
double geometric_between(std::span<const DatedLevel> levels, double day);

}  // namespace chokepoint::sim
