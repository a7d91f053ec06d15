#pragma once

#include "models/training/mixture_constants.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// Seconds that one GPU computes for one layer and micro-batch.
struct LayerTime {
  double forward_s = 0.0;
  /// With what is computed again.
  double backward_s = 0.0;
  /// Of `backward_s`, what is computed again.
  double recompute_s = 0.0;
};

/// Computation of a layer, dense or a mixture of experts: linear products, the core of attention, memory-bound kernels
/// and fixed time; README has the equations. Leaves out all communication.
[[nodiscard]] LayerTime layer_time(const TrainingSetup& setup, const StepConstants& constants, bool mixture);

/// Tokens that a GPU has of a micro-batch: all of the sequence but for context ranks.
[[nodiscard]] double tokens_of_micro_batch(const TrainingSetup& setup);

}  // namespace chokepoint::models
