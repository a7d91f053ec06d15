#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// Where the middle of some draws lies and where nine tenths of them do.
struct QuantileBand {
  double p5 = 0.0;
  double median = 0.0;
  double p95 = 0.0;

  friend bool operator==(const QuantileBand&, const QuantileBand&) = default;
};

/// Between neighbouring values of at least one, linear (type 7 of Hyndman and Fan 1996, "Sample quantiles in
/// statistical packages", which NumPy, pandas and R take unless told otherwise). Of few values it says little of the
/// tails: the band of five lies within their least and most. O(n log n).
inline QuantileBand quantile_band(std::vector<double> values) {
  expects(!values.empty(), "a band is asked of at least one value");
  std::ranges::sort(values);
  const auto at = [&values](double q) {
    const double place = q * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double low = values[below];
    const double high = values[std::min(below + 1, values.size() - 1)];
    return low == high ? low : low + (place - std::floor(place)) * (high - low);
  };
  return {.p5 = at(0.05), .median = at(0.5), .p95 = at(0.95)};
}

}  // namespace chokepoint::models
