#pragma once

#include <limits>
#include <span>

namespace chokepoint::models {

/// One step of a marginal scale: `rate` holds for what lies between the step before and `max`.
struct Tier {
  double max = std::numeric_limits<double>::infinity();
  double rate = 0.0;

  friend bool operator==(const Tier&, const Tier&) = default;
};

/// Cost of `quantity` on a scale whose steps rise. What lies beyond the last step's `max` costs the last rate, so that
/// nothing is free because a scale ends.
double marginal_cost(std::span<const Tier> tiers, double quantity);

}  // namespace chokepoint::models
