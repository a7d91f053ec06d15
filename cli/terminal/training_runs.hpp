#pragma once

#include <string>

#include "cli/terminal/terminal.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// The training runs of a record, a line each: GPUs and how they are spread, MFU, wait, days, energy, and whether they
/// met their deadline or how far they came; where there is room their plan and what the overlap of tensor traffic
/// leaves open of their days. Empty where there are none; long lists are cut.
std::string training_runs(const sim::Record& record, const Terminal& terminal);

}  // namespace chokepoint::cli
