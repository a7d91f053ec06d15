#pragma once

#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// Shares of the peak that a step reaches: `mfu` of the operations that the model needs, `hfu` of those and of what is
/// computed again. Attention counts over the whole sequence (12 L h s a token, Narayanan et al., arXiv:2104.04473).
struct Utilization {
  double mfu = 0.0;
  double hfu = 0.0;
};

/// Of a step of `setup` that takes `step_s` > 0.
Utilization utilization(const TrainingSetup& setup, double step_s);

/// The time of a step, s, from what somebody says it reaches: a share of the peak > 0 ...
double step_of_mfu_s(const TrainingSetup& setup, double mfu);

/// ... or FLOP/s of a GPU > 0; `counted` is what is computed again and counts.
double step_of_rate_s(const TrainingSetup& setup, double flop_per_s, Recompute counted);

}  // namespace chokepoint::models
