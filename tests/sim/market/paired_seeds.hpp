#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

namespace chokepoint::tests {

/// Mean of a change between two markets over seeds, and its standard error.
struct PairedChange {
  double mean = 0.0;
  double error = 0.0;
  /// Holds in all but one of 40 samples if the truth is 0.
  [[nodiscard]] bool rises() const { return mean > 2.0 * error; }
};

/// Of `change`, which runs a pair on the draws of one seed.
inline PairedChange paired_change(const std::function<double(std::uint64_t)>& change, int seeds = 16) {
  double sum = 0.0;
  double squares = 0.0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const double value = change(static_cast<std::uint64_t>(seed));
    sum += value;
    squares += value * value;
  }
  const double mean = sum / seeds;
  return {.mean = mean, .error = std::sqrt((squares / seeds - mean * mean) / (seeds - 1))};
}

}  // namespace chokepoint::tests
