#pragma once

#include <optional>

#include "models/training/step_constants.hpp"
#include "sim/training/measurement_table.hpp"

namespace chokepoint::analysis {

/// The setup of a measured step with what its row leaves out chosen as its users would: the micro-batch and the
/// interleaving that are fastest, in the model's own view, of those that divide and fit in memory. A row without
/// a plan gets the planner's; none where no plan fits. The measured time has no part in it.
std::optional<models::TrainingSetup> filled_setup(const sim::MeasuredStep& step,
                                                  const models::StepConstants& constants);

}  // namespace chokepoint::analysis
