#pragma once

#include <string>

#include "sim/market/market_spec.hpp"

namespace chokepoint::cli {

/// A market in words for a person, in short lines: who trades in each region, what is sold, who makes it, and what
/// happens to it.
std::string market_words(const sim::MarketSpec& market);

}  // namespace chokepoint::cli
