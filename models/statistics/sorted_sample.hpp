#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint::models {

/// Of what a quantile is asked. Of n sorted values of equal weight the i-th, from 1, stands at the share
///
///     (i - a) / (n + 1 - 2 a)
///
/// and between neighbours a quantile is linear (Hyndman & Fan 1996, "Sample quantiles in statistical packages").
enum class QuantileOf {
  /// Of the values themselves, a = 1 (their definition 7, which NumPy, pandas and R take unless told otherwise): the
  /// least stands at 0, the most at 1.
  sample,
  /// Of what the values were drawn from, a = 0 (Weibull's, their definition 6): the interval between the quantiles of p
  /// and 1 - p holds in expectation 1 - 2 p of new draws.
  population
};

/// Values in order, of which any number of quantiles are asked. Unequal weights follow the same rule: a value stands in
/// the middle of its weight, and n is the number of equal weights that they are worth (Kish's).
class SortedSample {
 public:
  /// Of equal weight; at least one. O(n log n).
  explicit SortedSample(std::vector<double> values);
  /// A weight a value, not negative, at least one of them above 0; they need not sum to one.
  SortedSample(std::span<const double> values, std::span<const double> weights);

  /// `p` from 0 to 1. O(log n).
  [[nodiscard]] double quantile(double p, QuantileOf of) const;

 private:
  std::vector<double> values_;
  /// Where each value stands, the first of equal ones at 0 and the last at count_ - 1.
  std::vector<double> places_;
  double count_ = 0.0;
};

/// How many equal weights these are worth (Kish 1965): (sum of weights)^2 / sum of squares; 0 where all are 0.
double effective_count(std::span<const double> weights);

}  // namespace chokepoint::models
