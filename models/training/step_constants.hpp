#pragma once

namespace chokepoint::models {

/// Global constants of the step-time model. The values are those of a first fit made outside this program on the 335
/// published steps that README names, not yet reproduced by a program of this project; priors stand beside them.
struct StepConstants {
  /// Rate of matrix products in training over the best measured product; prior 0.90.
  double matmul = 0.873;
  /// Share of memory bandwidth that memory-bound kernels reach; prior 0.75.
  double memory = 0.750;
  /// Rate of the products of attention over the best measured product; prior 0.40.
  double attention = 0.345;
  /// Share of the forward pass that a checkpoint which stops early repeats; prior 0.85.
  double early_stop = 0.836;
  /// Shares of link and network bandwidth that collectives reach; priors 0.75 and 0.80.
  double link = 0.774;
  double network = 0.800;
  /// Hidden share of traffic that a framework overlaps; prior 0.70.
  double overlap = 0.657;
  /// Fixed time of a layer, micro-batch and pass, s; prior 0.3e-3.
  double layer_s = 0.52e-3;
  /// Slowdown for each doubling of nodes; prior 0.005.
  double scale = 0.0063;
  /// How much longer unfused attention takes where the width of a head is no multiple of 8; prior 9.
  double misaligned = 8.9;
};

const StepConstants& fitted_step_constants();

}  // namespace chokepoint::models
