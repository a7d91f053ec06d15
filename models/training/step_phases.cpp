#include "models/training/step_phases.hpp"

namespace chokepoint::models {

PhaseShares phases_of_step(const StepTime& step) {
  const double computing = (step.compute_s + step.optimizer_s) / step.total_s;
  return {.computing = computing, .communicating = 1.0 - computing};
}

}  // namespace chokepoint::models
