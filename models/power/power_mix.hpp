#pragma once

#include <array>

#include "models/power/server_power_line.hpp"

namespace chokepoint::models {

/// A part of a fleet's samples, evenly spread over a range of power, W; at one level where both ends are the same.
struct PowerPart {
  double share = 0.0;
  double from_w = 0.0;
  double to_w = 0.0;
};

/// Power of an accelerator of a fleet at a random time: idle, idle with a context, communicating, computing.
using PowerMix = std::array<PowerPart, 4>;

/// What is assumed of a fleet whose mean power alone is known.
struct PowerMixAssumptions {
  /// Of the accelerators that do not train, the share with a context; nobody measured it: equal parts.
  double context_share_of_rest = 0.5;
  /// Share of a typical training step.
  double communicating_share = 0.3;
  /// Ends of the range at the iteration boundary, of the TDP (POLCA, arXiv:2308.12908).
  double least_communicating = 0.20;
  double most_communicating = 0.75;
};

/// The mix of a given mean, W: the share that trains is its one fitted number. Expects a mean from that of the
/// accelerators at rest to that of training, and a computing phase within the TDP.
PowerMix power_mix_of_mean(const AcceleratorPower& accelerator, double mean_w, const PowerMixAssumptions& assumed = {});

double mean_w(const PowerMix& mix);

/// The least power, W, that a share of the samples from 0 to 1 does not exceed; within a millionth of the largest.
double quantile_w(const PowerMix& mix, double share);

}  // namespace chokepoint::models
