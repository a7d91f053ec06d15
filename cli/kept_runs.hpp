#pragma once

#include <functional>

#include "analysis/calibration/weighted_runs.hpp"
#include "cli/compared_courses.hpp"
#include "cli/ensemble_runs.hpp"

namespace chokepoint::cli {

/// Replicates of a scenario or, if it names an ensemble, of its sets, run with a progress bar; of each record stays
/// what `keep` makes of it in the process of its run.
analysis::WeightedRuns run_kept(const ComparedCourse& course, const EnsembleRuns& runs,
                                const std::function<sim::Record(const sim::Record&)>& keep);

}  // namespace chokepoint::cli
