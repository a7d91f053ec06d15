#pragma once

#include <utility>
#include <vector>

#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::models {

/// Where the middle of some draws lies and where nine tenths of them do.
struct QuantileBand {
  double p5 = 0.0;
  double median = 0.0;
  double p95 = 0.0;

  friend bool operator==(const QuantileBand&, const QuantileBand&) = default;
};

/// Of the values themselves (QuantileOf::sample), at least one. Of few values it says little of the tails: the band of
/// five lies within their least and most. O(n log n).
inline QuantileBand quantile_band(const SortedSample& sample) {
  const auto at = [&sample](double p) { return sample.quantile(p, QuantileOf::sample); };
  return {.p5 = at(0.05), .median = at(0.5), .p95 = at(0.95)};
}

inline QuantileBand quantile_band(std::vector<double> values) {
  return quantile_band(SortedSample(std::move(values)));
}

}  // namespace chokepoint::models
