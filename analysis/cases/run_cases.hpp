#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "analysis/cases/case_study.hpp"

namespace chokepoint::analysis {

/// Runs all scenarios of the cases, `workers` at a time in processes of their own, each with its own seed, and fills in
/// their figures. `on_share` is told now and then which share of the work is done. Throws RunError where a run left no
/// record.
void run_cases(std::vector<CaseStudy>& studies, std::size_t workers, const std::function<void(double)>& on_share);

}  // namespace chokepoint::analysis
