#include "models/statistics/normal_distribution.hpp"

#include <cmath>
#include <numbers>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double normal_density(double x) {
  return std::exp(-x * x / 2.0) / std::sqrt(2.0 * std::numbers::pi);
}

double normal_cumulative(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2.0;
}

double normal_quantile(double probability) {
  expects(probability > 0.0 && probability < 1.0, "a probability lies between 0 and 1");
  if (probability > 0.5) return -normal_quantile(1.0 - probability);
  // Newton's steps for ln of the lower tail, which is concave: they neither overshoot far nor lose digits there.
  const double target = std::log(probability);
  double x = -std::sqrt(-2.0 * std::log(2.0 * probability));
  for (int step = 0; step < 50; ++step) {
    const double tail = normal_cumulative(x);
    const double move = (std::log(tail) - target) * tail / normal_density(x);
    x -= move;
    if (std::abs(move) <= 1e-15 * (1.0 + std::abs(x))) break;
  }
  return x;
}

}  // namespace chokepoint::models
