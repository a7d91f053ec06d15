#pragma once

namespace chokepoint::models {

/// Global constants of the step-time model, fitted on the 335 core rows of `training_public.csv`, which README names,
/// by `chokepoint train --table FILE --fit`. Each has a prior from what others measured.
struct StepConstants {
  /// Rate of matrix products in training over the best measured product; prior 0.90.
  double matmul = 0.8956;
  /// Share of memory bandwidth that memory-bound kernels reach; prior 0.75.
  double memory = 0.7969;
  /// Rate of the products of attention over the best measured product; prior 0.40.
  double attention = 0.3717;
  /// Bytes through memory of element-wise kernels that no compiler or hand has fused, over those of fused ones;
  /// prior 2.2.
  double eager = 1.83;
  /// Shares of link and network bandwidth that collectives reach; priors 0.75 and 0.80.
  double link = 0.7438;
  double network = 0.7926;
  /// Hidden share of traffic that a framework overlaps; prior 0.70.
  double overlap = 0.6532;
  /// Fixed time of a layer, micro-batch and pass, s; prior 0.3e-3.
  double layer_s = 0.5148e-3;
  /// Slowdown for each doubling of nodes; prior 0.005.
  double scale = 0.008372;
  /// How much longer unfused attention takes where the width of a head is no multiple of 8; prior 9.
  double misaligned = 9.359;
};

const StepConstants& fitted_step_constants();

}  // namespace chokepoint::models
