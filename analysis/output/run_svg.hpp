#pragma once

#include <string>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The series of a record as a picture (SVG): stacked panels of utilization, jobs, power and price over one axis of
/// time. Where several values fall on one place, a line shows their mean over time and a band their least and most, so
/// that the picture stays small and loses no peak. Colours are those of Okabe and Ito (2008, "Color Universal Design"),
/// which the colour-blind can tell apart. Empty if the record has none of these series.
std::string run_svg(const sim::Record& record);

}  // namespace chokepoint::analysis
