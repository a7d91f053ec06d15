#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "analysis/facts/market_fact.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::analysis {

/// First and last day of a run that its tables show: what is run in does not count.
struct RunDays {
  std::chrono::local_days first;
  std::chrono::local_days last;
};

/// None where the scenario has no end of its own.
std::optional<RunDays> run_days(const sim::Scenario& scenario);

/// Facts of other times say nothing of a run and are passed over one by one; where none lies within it, that was not
/// what was meant. Throws InputError that names all of them then. `file` is for the messages.
void need_facts_within(const RunDays& run, std::span<const MarketFact> facts, const std::string& file);

}  // namespace chokepoint::analysis
