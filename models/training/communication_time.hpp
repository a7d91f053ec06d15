#pragma once

#include <functional>

#include "models/training/step_work.hpp"

namespace chokepoint::models {

/// What each kind of traffic costs a step, s: how much longer the step takes with it than without, data traffic taken
/// away first, then that between stages, then that of tensor ranks. So the parts sum to the whole, and times that two
/// methods give can be compared without an agreement on what waits for what.
struct CommunicationTime {
  double tensor_s = 0.0;
  double pipeline_s = 0.0;
  double data_s = 0.0;
  /// Computation, optimizer, stages that wait for one another, and traffic of context and expert ranks.
  double rest_s = 0.0;

  [[nodiscard]] double communication_s() const { return tensor_s + pipeline_s + data_s; }
  [[nodiscard]] double total_s() const { return communication_s() + rest_s; }
};

/// `step_s` says how long a step of some work takes.
[[nodiscard]] CommunicationTime communication_time(StepWork work, const std::function<double(const StepWork&)>& step_s);

}  // namespace chokepoint::models
