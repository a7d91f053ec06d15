#include "analysis/calibration/calibration_store.hpp"

#include "analysis/sweep/study_store.hpp"

namespace chokepoint::analysis {

StoreLayout calibration_layout(const Study& study) {
  StoreLayout layout = store_layout(study);
  layout.series.clear();
  return layout;
}

StudyIdentity calibration_identity(const Study& study) {
  StudyIdentity identity = study_identity(study, {});
  identity.name = "calibration of " + study.name;
  identity.points = most_evaluations(study.calibration, study.parameters.size());
  return identity;
}

}  // namespace chokepoint::analysis
