#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analysis/calibration/target.hpp"
#include "analysis/facts/market_fact.hpp"

namespace chokepoint::analysis {

inline constexpr std::string_view last_value = "last value";
inline constexpr std::string_view trend = "trend";

/// Forecasts of a fact from earlier ones, without a model, as bands of the logarithm of its judged value.
///
/// Earlier facts are those of `known` that end before it begins, are no changes, and speak of the same chips in the
/// same region and currency and of the same thing: street, retail and contract prices are one, a GPU's (a server has
/// eight) so that cards and servers compare; list prices, grey prices, rents, lead times and deliveries (a day) each
/// their own.
///
/// - last value: the geometric mean of the newest one's range. A change is a factor of one.
/// - trend: the straight line in logarithms through the two newest ones whose periods have different middles, at the
///   middle of the fact's own; of a change its rise over the period.
///
/// The band of 90 % is 1.645 times what the same rule missed by on the other facts of that thing, as the root of the
/// mean square of the logarithms. Gives none without earlier facts, or where the rule foretells no other fact.
std::vector<NaiveForecast> naive_forecasts(const MarketFact& fact, std::span<const MarketFact> known);

}  // namespace chokepoint::analysis
