#pragma once

#include <string>

#include "cli/terminal/terminal.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// Utilization and power of a record over time, drawn in block characters (or in plain ones where there are no others):
/// the height of each column is the mean over its time. Empty if the record has neither, or no
/// time that passes.
std::string picture(const sim::Record& record, const Terminal& terminal);

}  // namespace chokepoint::cli
