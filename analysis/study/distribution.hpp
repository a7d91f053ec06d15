#pragma once

#include <variant>

namespace chokepoint::analysis {

/// Evenly from low to high.
struct Uniform {
  double low = 0.0;
  double high = 1.0;
};

/// Its logarithm evenly; 0 < low.
struct LogUniform {
  double low = 1.0;
  double high = 2.0;
};

/// How a number is spread over its values: what a study draws from.
using Distribution = std::variant<Uniform, LogUniform>;

/// The value below which the share `u` of all values lies, 0 <= u <= 1: rising in u, infinite at an end that is open.
double quantile(const Distribution& distribution, double u);

}  // namespace chokepoint::analysis
