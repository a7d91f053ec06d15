#pragma once

#include <algorithm>
#include <cmath>

namespace chokepoint::models {

/// Quantile at `u`, in (0, 1), of a Pareto distribution of mean 1 with an `exponent` above 1, cut off at `largest`.
inline double pareto_quantile(double u, double exponent, double largest) {
  const double least = (exponent - 1.0) / exponent;
  return std::min(largest, least * std::pow(1.0 - u, -1.0 / exponent));
}

}  // namespace chokepoint::models
