#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/target.hpp"
#include "analysis/facts/market_fact.hpp"
#include "analysis/study/study.hpp"
#include "models/finance/exchange_rates.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A fact as a target, on the logarithm of its judged value: the centre is the geometric mean of its range, which is
/// taken as the central 90 % of what it may be, and the tolerance at least `least_tolerance`.
Target target_of(const MarketFact& fact, double least_tolerance);

/// The study with those facts among its outcomes and targets that it is to be fitted to: marked as targets, not left
/// out by the study, and within the days of a run at the middle of all ranges; with their naive forecasts from all
/// facts of its files. As it is without facts. Throws InputError where none lies within the run.
Study with_fact_targets(Study study);

/// The facts that with_fact_targets put there.
std::span<const MarketFact> fitted_facts(const Study& study);

/// What a run shows of facts: logarithms of judged values under the figures of the study's outcomes, or words where it
/// shows nothing. Throws InputError where there are facts and the run has no market.
std::vector<sim::Figure> fact_figures(std::span<const MarketFact> facts, const sim::Record& run,
                                      const models::ExchangeRates& money);

/// Why a run shows nothing of a fact and why no other set of parameters will; none where it shows something, or only
/// lacks a value.
std::optional<std::string> never_shown(const sim::Figure& fact_figure);

}  // namespace chokepoint::analysis
