#include "models/training/step_constants.hpp"

namespace chokepoint::models {

const StepConstants& fitted_step_constants() {
  static const StepConstants constants;
  return constants;
}

}  // namespace chokepoint::models
