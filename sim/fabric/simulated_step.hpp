#pragma once

#include "models/training/communication_time.hpp"
#include "models/training/step_time.hpp"
#include "sim/fabric/step_paths.hpp"

namespace chokepoint::sim {

/// Whether a step of this plan can be simulated: without traffic of context and expert ranks.
[[nodiscard]] bool can_simulate(const models::TrainingSetup& setup);

/// One step of training, pass by pass: every replica and stage passes its micro-batches in the order of
/// models/training/pipeline_schedule.hpp; computation takes the time that `work` says, and all messages are flows over
/// the links of the fabric, where they wait for one another. Opens SimGrid's engine, so a process does it once. Expects
/// a plan that can be simulated.
class SimulatedStep {
 public:
  SimulatedStep(const models::TrainingSetup& setup, const StepFabric& fabric,
                const models::StepConstants& constants = models::fitted_step_constants());
  ~SimulatedStep();
  SimulatedStep(const SimulatedStep&) = delete;
  SimulatedStep& operator=(const SimulatedStep&) = delete;

  /// How long a step of this work takes, s; its plan is that of the setup. As often as one likes.
  [[nodiscard]] double step_s(const models::StepWork& work);

  /// The step of the setup by kinds: four steps.
  [[nodiscard]] models::CommunicationTime communication_time();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace chokepoint::sim
