#pragma once

#include <string>

#include "analysis/comparison/explanation.hpp"
#include "cli/terminal/terminal.hpp"

namespace chokepoint::cli {

/// What each changed setting, or group of them, contributes to each figure that is explained: its part of the
/// difference, that as a share, and what it does when it is switched alone.
std::string explanation_table(const analysis::Explanation& explanation, const Terminal& terminal);

}  // namespace chokepoint::cli
