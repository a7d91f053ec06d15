#pragma once

#include <span>
#include <vector>

#include "analysis/study/study.hpp"
#include "sim/input/fault.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

enum class UnknownOutcomes {
  all,
  /// Those that are nearly the name of one that is known: slips, where other runs may have others.
  near
};

/// The outcomes and the columns of the series that the study keeps and none of the records has, each with its place in
/// the study and a near name. None where there are no records.
std::vector<sim::Fault> outcome_faults(const Study& study, std::span<const sim::Record> records,
                                       UnknownOutcomes told = UnknownOutcomes::all);

}  // namespace chokepoint::analysis
