#include "models/market/price_expectation.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double trend_expectation(double seen, double seen_before, double gain) {
  return seen + gain * (seen - seen_before);
}

std::vector<double> rule_shares(std::span<const double> fitness, double intensity) {
  expects(!fitness.empty() && intensity >= 0.0, "there are rules, and followers do not flee the better ones");
  const double best = *std::ranges::max_element(fitness);
  std::vector<double> shares;
  double sum = 0.0;
  for (const double value : fitness) {
    // An infinite intensity leaves the best alone, not 0 times infinity.
    shares.push_back(value == best ? 1.0 : std::exp(intensity * (value - best)));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace chokepoint::models
