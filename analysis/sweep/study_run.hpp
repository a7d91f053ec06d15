#pragma once

#include <cstdint>
#include <functional>

#include "analysis/study/study.hpp"
#include "sim/record/progress.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// One run of a study: a point and which of its replicates.
struct StudyRun {
  Point point;
  std::uint64_t replicate = 0;
};

/// Does one run of a study, in the process that was forked for it.
using RunStudyPoint = std::function<sim::Record(const Study&, const StudyRun&, const sim::Progress&)>;

/// Makes the point's scenario and simulates it. All points draw from the study's one seed, so that a replicate has the
/// same chance at every point.
sim::Record simulate_study_run(const Study& study, const StudyRun& run, const sim::Progress& progress);

/// What a store keeps of a record: the figures of the study's outcomes and its columns of the series. Done before the
/// record travels, since that is a small part of it. With `all_figures`, those stay.
sim::Record kept_of(sim::Record record, const Study& study, bool all_figures);

}  // namespace chokepoint::analysis
