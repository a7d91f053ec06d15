#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace chokepoint::cli {

/// The market of a scenario that has one in words for a person, in short lines: who trades in each region, what is
/// sold, who makes it, and what happens to it.
std::string market_words(const sim::Scenario& scenario);

}  // namespace chokepoint::cli
