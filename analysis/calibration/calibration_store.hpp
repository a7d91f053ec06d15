#pragma once

#include "analysis/store/store_schema.hpp"
#include "analysis/store/study_identity.hpp"
#include "analysis/study/study.hpp"

namespace chokepoint::analysis {

/// The store in which a calibration of a study keeps its runs until its ensemble is written. Point i is the i-th set
/// that it runs: which sets these are follows from the study and from what the sets before gave, so that a calibration
/// that begins again takes from the store what it holds and comes to the same end.
StoreLayout calibration_layout(const Study& study);

/// Of another name than that of the study's sweeps, with as many points as sets that may be run at most, and with the
/// files of its facts.
StudyIdentity calibration_identity(const Study& study);

}  // namespace chokepoint::analysis
