#pragma once

#include <string>

#include "analysis/comparison/difference.hpp"

namespace chokepoint::cli {

/// "+12 % (9 to 16)" of shares of a base, with just the digits that the interval bears; without an interval, or where
/// it has no width, "+12.3 %".
std::string percent_text(const analysis::MeanInterval& share);

/// "+1,234 (1,100 to 1,368)", as brief_text has them.
std::string amount_text(const analysis::MeanInterval& amount, const std::string& unit);

/// Whether an interval holds zero, so that chance alone may make the difference.
bool within_chance(const analysis::MeanInterval& difference);

}  // namespace chokepoint::cli
