#pragma once

#include <vector>

#include "analysis/pool/run_result.hpp"
#include "analysis/store/run_row.hpp"
#include "analysis/study/study.hpp"
#include "analysis/sweep/study_run.hpp"

namespace chokepoint::analysis {

/// The values of a point as cells of a store, in the order of the parameters.
std::vector<Cell> input_cells(const Point& point);

/// What a store of the study keeps of one of its runs: the outcomes and the series of its record, or why there is none.
RunRow row_of(const Study& study, const StudyRun& run, const RunResult& result, const RunUse& use);

}  // namespace chokepoint::analysis
