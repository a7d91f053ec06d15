#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/weighted_runs.hpp"
#include "analysis/facts/market_fact.hpp"
#include "models/finance/exchange_rates.hpp"
#include "models/statistics/quantile_band.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A fact held against runs of a market.
struct FactJudgement {
  MarketFact fact;
  /// Runs that show something of it.
  std::size_t runs = 0;
  /// Of these runs, in the fact's unit; none where fewer than half of the runs show something.
  std::optional<models::QuantileBand> band;
  /// Whether the median lies in [.9 low, 1.1 high] and p95 / p5 is at most 1.5, or 4 of lead times; changes by their
  /// factors. Of deliveries, whether the median lies in [low, high].
  bool met = false;
  /// Why there is no band.
  std::string missing;
};

/// The bounds between which the median of a fact that is met lies, in the fact's unit.
struct FactBounds {
  double low = 0.0;
  double high = 0.0;
};
FactBounds accepted_bounds(const MarketFact& fact);

/// What a run's table "market" shows of facts, as a record of its own: a figure a fact, a number or the words that say
/// why there is none. Small enough to be kept of many runs. Throws InputError where the run has no such table.
sim::Record observed_record(const sim::Record& run, std::span<const MarketFact> facts,
                            const models::ExchangeRates& money);

/// Of records of observed_record, at least one.
std::vector<FactJudgement> judge_facts(std::span<const MarketFact> facts, const WeightedRuns& observed);

}  // namespace chokepoint::analysis
