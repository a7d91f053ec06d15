#include "models/statistics/sorted_sample.hpp"

#include <algorithm>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

SortedSample::SortedSample(std::vector<double> values) : values_(std::move(values)) {
  expects(!values_.empty(), "a quantile is asked of at least one value");
  std::ranges::sort(values_);
  for (std::size_t i = 0; i < values_.size(); ++i) places_.push_back(static_cast<double>(i));
  count_ = static_cast<double>(values_.size());
}

SortedSample::SortedSample(std::span<const double> values, std::span<const double> weights)
    : count_(effective_count(weights)) {
  expects(values.size() == weights.size() && count_ > 0.0, "a weight a value, one above 0");
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0.0) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
  const double total = std::reduce(weights.begin(), weights.end());
  double below = 0.0;
  for (const std::size_t i : order) {
    values_.push_back(values[i]);
    places_.push_back(count_ * (below + weights[i] / 2.0) / total - 0.5);
    below += weights[i];
  }
}

double SortedSample::quantile(double p, QuantileOf of) const {
  expects(p >= 0.0 && p <= 1.0, "a quantile from 0 to 1");
  const double a = of == QuantileOf::sample ? 1.0 : 0.0;
  const double place = p * (count_ + 1.0 - 2.0 * a) + a - 1.0;
  const auto above = static_cast<std::size_t>(std::ranges::lower_bound(places_, place) - places_.begin());
  if (above == places_.size()) return values_.back();
  const double high = values_[above];
  if (above == 0 || places_[above] == place) return high;
  const double low = values_[above - 1];
  if (low == high) return low;  // also where both are infinite
  return low + (place - places_[above - 1]) / (places_[above] - places_[above - 1]) * (high - low);
}

double effective_count(std::span<const double> weights) {
  double sum = 0.0, squares = 0.0;
  for (const double weight : weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0.0 ? sum * sum / squares : 0.0;
}

}  // namespace chokepoint::models
