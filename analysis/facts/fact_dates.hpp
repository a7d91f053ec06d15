#pragma once

#include <chrono>
#include <span>
#include <string>

#include "analysis/facts/price_fact.hpp"

namespace chokepoint::analysis {

/// First and last day of a run.
struct RunDays {
  std::chrono::local_days first;
  std::chrono::local_days last;
};

/// Facts of other times say nothing of a run and are passed over one by one; where none lies within it, that was not
/// what was meant. Throws InputError that names all of them then. `file` is for the messages.
void need_facts_within(const RunDays& run, std::span<const PriceFact> facts, const std::string& file);

}  // namespace chokepoint::analysis
