#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/facts/market_fact.hpp"

namespace chokepoint::analysis {

/// Reads facts from text with the columns id, target (0 or 1), product, form, kind, region, unit, statistic, from, to,
/// low, high, currency, and where they stand source and note. Throws InputError with all faults: columns that are
/// missing, kinds, statistics and units that there are not, dates and ranges out of order, ids that stand twice.
std::vector<MarketFact> read_facts(std::string text, const std::string& file);
std::vector<MarketFact> load_facts(const std::filesystem::path& path);

/// The facts up to 16 October 2023 of scenarios/facts, which are compiled into the program: what was reported of
/// prices, rents and lead times, then units shipped.
std::vector<MarketFact> shipped_facts();

}  // namespace chokepoint::analysis
