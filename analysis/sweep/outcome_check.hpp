#pragma once

#include <span>

#include "analysis/study/study.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// Throws InputError where the study keeps an outcome or a column of the series that none of the records of its first
/// runs has, each with its place in the study and a near name.
void check_outcomes(const Study& study, std::span<const sim::Record> records);

}  // namespace chokepoint::analysis
