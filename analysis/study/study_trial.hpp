#pragma once

#include <span>
#include <string>

#include "analysis/study/study.hpp"
#include "analysis/study/study_faults.hpp"

namespace chokepoint::analysis {

/// Makes a few scenarios before anything runs, and tells what they refuse at the place of the study that causes it:
/// the base with both ends of a range, a number between, each choice and each file, one parameter at a time; of a list
/// its points. What only shows where parameters meet is left to the runs.
///
/// The study may lack its design and parameters, where these are at fault: `unread` has the pointers of all that would
/// be set too, empty where they are not known. A fault of the base that such a setting may mend is not told.
void try_parameters(const Study& study, std::span<const std::string> unread, StudyFaults& faults);

}  // namespace chokepoint::analysis
