#pragma once

#include <string>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The series of a record as a picture (SVG): stacked panels of utilization, jobs, power and price over one axis of
/// time, small and without the loss of a peak. Empty if the record has none of these series.
std::string run_svg(const sim::Record& record);

}  // namespace chokepoint::analysis
