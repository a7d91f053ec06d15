#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sim/market/market.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::sim {

/// Column of the table "market" of those that count power: what the goods draw that buyers and lessors of the row's
/// region use, with their facilities.
inline constexpr std::string_view power_column = "power_mw";

/// What goods in use draw at the end of a day, MW. The market must count power.
double power_mw(const Market& market, std::size_t region, std::size_t product);

/// Of all rows together: the energy of a year at the power of the last day, and, where the market has a line, years
/// from the table's first day to the first one on which it is reached; no figure where that is never.
std::vector<Figure> market_power_figures(const MarketPower& power, const Table& market);

}  // namespace chokepoint::sim
