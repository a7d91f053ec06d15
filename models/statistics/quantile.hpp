#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// The value at rank ceil(q n) of n >= 1 values, `q` from 0 to 1, without interpolation (type 1 of Hyndman and Fan
/// 1996, "Sample quantiles in statistical packages"): of all there are, such as the jobs of a run, not of a sample (for
/// that SortedSample). Reorders `values`. O(n).
inline double quantile(std::vector<double>& values, double q) {
  expects(!values.empty() && q >= 0.0 && q <= 1.0, "a quantile from 0 to 1 is asked of at least one value");
  const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size())));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::ranges::nth_element(values, place);
  return *place;
}

}  // namespace chokepoint::models
