#pragma once

#include <string>

#include "cli/terminal/terminal.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// What was run: its title, and a line with scenario, seed, `more`, version and catalogue.
std::string record_heading(const sim::Record& record, const std::string& more, const Terminal& terminal);

/// The key figures of a record on one screen: what was run, then a line a figure under the headings of their groups:
/// label, value, unit. Values stand with their last digits in one column.
std::string key_figure_table(const sim::Record& record, const Terminal& terminal);

}  // namespace chokepoint::cli
