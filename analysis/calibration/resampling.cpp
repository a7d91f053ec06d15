#include "analysis/calibration/resampling.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

/// The weight below which members are drawn: sum of min(weight / threshold, 1) = count. `falling` has more than `count`
/// members above 0.
double threshold_of(std::span<const double> falling, std::size_t count) {
  double rest = std::reduce(falling.begin(), falling.end());
  for (std::size_t kept = 0; kept < count; ++kept) {
    const double threshold = rest / static_cast<double>(count - kept);
    if (falling[kept] <= threshold) return threshold;
    rest -= falling[kept];
  }
  return falling[count];
}

}  // namespace

std::vector<std::size_t> systematic_draws(std::span<const double> weights, std::size_t count, double offset) {
  const double total = std::reduce(weights.begin(), weights.end());
  models::expects(total > 0.0 && offset >= 0.0 && offset < 1.0, "weights to draw by");
  std::vector<std::size_t> drawn;
  double below = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    below += weights[i] / total * static_cast<double>(count);
    while (drawn.size() < count && static_cast<double>(drawn.size()) + offset < below) drawn.push_back(i);
  }
  const auto last = std::ranges::find_if(weights.rbegin(), weights.rend(), [](double weight) { return weight > 0.0; });
  while (drawn.size() < count)  // what rounding left
    drawn.push_back(static_cast<std::size_t>(weights.rend() - last) - 1);
  return drawn;
}

std::vector<Kept> thinned(std::span<const double> weights, std::size_t count, double offset) {
  models::expects(count > 0, "members to keep");
  std::vector<double> falling;
  std::ranges::copy_if(weights, std::back_inserter(falling), [](double weight) { return weight > 0.0; });
  models::expects(!falling.empty(), "a member with some weight");
  std::ranges::sort(falling, std::greater{});
  const double total = std::reduce(falling.begin(), falling.end());
  const double threshold = falling.size() > count ? threshold_of(falling, count) : 0.0;

  std::vector<Kept> kept;
  double below = offset;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    if (weights[i] > threshold) {
      kept.push_back({.index = i, .weight = weights[i] / total});
    } else if ((below += weights[i] / threshold) >= 1.0) {
      below -= 1.0;
      kept.push_back({.index = i, .weight = threshold / total});
    }
  }
  double sum = 0.0;  // a draw that rounding lost or won
  for (const Kept& one : kept) sum += one.weight;
  for (Kept& one : kept) one.weight /= sum;
  return kept;
}

}  // namespace chokepoint::analysis
