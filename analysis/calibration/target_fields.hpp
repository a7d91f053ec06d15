#pragma once

#include "analysis/calibration/calibrate.hpp"
#include "sim/input/field_visitor.hpp"

namespace chokepoint::analysis {

/// What a study says of a calibration: its targets, and how to go about it. A target is told as `value` and `tolerance`
/// or as a range, `low` and `high`.
void visit(sim::FieldVisitor& v, Target& target);
void visit(sim::FieldVisitor& v, CalibrationPlan& plan);

}  // namespace chokepoint::analysis
