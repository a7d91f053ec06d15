#pragma once

#include "analysis/study/study.hpp"
#include "analysis/study/study_faults.hpp"

namespace chokepoint::analysis {

/// Makes a few scenarios before anything runs, and tells what they refuse at the place of the study that causes it:
/// the base with both ends of a range, a number between, each choice and each file, one parameter at a time; of a list
/// its points. What only shows where parameters meet is left to the runs.
void try_parameters(const Study& study, StudyFaults& faults);

}  // namespace chokepoint::analysis
