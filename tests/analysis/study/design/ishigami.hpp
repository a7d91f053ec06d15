#pragma once

#include <cmath>
#include <numbers>
#include <span>

namespace chokepoint::tests {

/// The function of Ishigami and Homma (1990), a = 7, b = .1, over the unit cube for [-pi, pi] a side.
inline double ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t i) { return (2.0 * u[i] - 1.0) * std::numbers::pi; };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

}  // namespace chokepoint::tests
