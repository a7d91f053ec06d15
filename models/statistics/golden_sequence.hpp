#pragma once

#include <cmath>
#include <cstdint>

namespace chokepoint::models {

/// Point `index` of an evenly spread sequence in (0, 1): the fractional part of start + index / golden ratio, whose
/// first n points lie evenly for every n (Weyl 1916; Steinhaus's three distances). Unlike strata it depends on no
/// count, so that a point that joins moves no other. `start` in [0, 1).
inline double golden_point(double start, std::uint32_t index) {
  constexpr double inverse_golden_ratio = 0.6180339887498949;
  const double sum = start + static_cast<double>(index) * inverse_golden_ratio;
  const double part = sum - std::floor(sum);
  return part > 0.0 ? part : 0x1.0p-53;
}

}  // namespace chokepoint::models
