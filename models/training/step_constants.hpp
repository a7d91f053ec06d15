#pragma once

namespace chokepoint::models {

/// Global constants of the step-time model, at most ten; each has a published prior and was fitted on the core rows of
/// models/training/measurements.csv by `chokepoint train --fit` (see README).
struct StepConstants {};

const StepConstants& fitted_step_constants();

}  // namespace chokepoint::models
