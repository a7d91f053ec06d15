#pragma once

#include <span>
#include <string>

#include "cli/terminal/terminal.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// The key figures of the replicates of a scenario, a line a figure under the headings of their groups: mean, its 90 %
/// interval, and 5 %, median and 95 % of the draws. A figure that chance does not move has its value alone.
std::string replicate_table(std::span<const sim::Record> replicates, const Terminal& terminal);

}  // namespace chokepoint::cli
