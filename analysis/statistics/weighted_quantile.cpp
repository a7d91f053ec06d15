#include "analysis/statistics/weighted_quantile.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p) {
  models::expects(values.size() == weights.size() && p >= 0.0 && p <= 1.0, "a weight a value, a share");
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0.0) order.push_back(i);
  models::expects(!order.empty(), "a sample with some weight");
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });

  double total = 0.0, squares = 0.0;
  for (const std::size_t i : order) {
    total += weights[i];
    squares += weights[i] * weights[i];
  }
  // Below, each value stands in the middle of its weight, at (i - 1/2) / n of equal ones.
  const double effective = total * total / squares;
  p = std::clamp((p * (effective + 1.0) - 0.5) / effective, 0.0, 1.0);
  double below = 0.0, last_place = 0.0;
  double last_value = values[order.front()];
  for (const std::size_t i : order) {
    const double place = (below + weights[i] / 2.0) / total;
    if (place >= p)
      return place == last_place
                 ? values[i]
                 : last_value + (values[i] - last_value) * std::max(0.0, p - last_place) / (place - last_place);
    below += weights[i];
    last_place = place;
    last_value = values[i];
  }
  return last_value;
}

}  // namespace chokepoint::analysis
