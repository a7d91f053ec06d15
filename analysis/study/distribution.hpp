#pragma once

#include <limits>
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

/// 0 < sd.
struct Normal {
  double mean = 0.0;
  double sd = 1.0;
};

/// Its logarithm is normal with the standard deviation log_sd > 0.
struct LogNormal {
  double median = 1.0;
  double log_sd = 1.0;
};

/// Rises from low to mode and falls to high.
struct Triangular {
  double low = 0.0;
  double mode = 0.5;
  double high = 1.0;
};

struct Exponential {
  double mean = 1.0;
};

/// Below x with the chance 1 - exp(-(x / scale)^shape).
struct Weibull {
  double scale = 1.0;
  double shape = 1.0;
};

/// Beta(alpha, beta), stretched from low to high.
struct Beta {
  double alpha = 1.0;
  double beta = 1.0;
  double low = 0.0;
  double high = 1.0;
};

using DistributionShape = std::variant<Uniform, LogUniform, Normal, LogNormal, Triangular, Exponential, Weibull, Beta>;

/// How a number is spread over its values: what a study draws from. By the inverse of the cumulative distribution
/// (Boost.Math), so that any design of points in (0, 1) can be put through it.
struct Distribution {
  DistributionShape shape;
  /// What lies outside is cut off, and the rest scaled to a probability of 1.
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// Whether all values between two ends are alike, in the number or in its logarithm.
bool is_range(const Distribution& distribution);

/// Whether it has two ends that it reaches.
bool is_bounded(const Distribution& distribution);

/// The value below which the share `u` of all values lies, 0 <= u <= 1: rising in u, infinite at an end that is open.
double quantile(const Distribution& distribution, double u);

/// The share of the values of the shape, before it is cut, that lies at or below `value`.
double share_below(const DistributionShape& shape, double value);

}  // namespace chokepoint::analysis
