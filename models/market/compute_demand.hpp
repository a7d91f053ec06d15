#pragma once

#include <cmath>

namespace chokepoint::models {

/// Demand of constant elasticity for compute to hold.
struct ComputeDemand {
  /// Above 0.
  double elasticity = 1.0;

  /// Compute that is held at a `cost` a unit of it, above 0, for each unit of `spend`, the compute held at a cost of 1.
  [[nodiscard]] double held_a_spend(double cost) const { return std::pow(cost, -elasticity); }
  /// What the last unit of `held`, above 0, is worth: the cost at which just that would be held.
  [[nodiscard]] double value_of_last(double spend, double held) const {
    return std::pow(spend / held, 1.0 / elasticity);
  }
};

}  // namespace chokepoint::models
