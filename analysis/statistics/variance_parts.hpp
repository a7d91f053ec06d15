#pragma once

#include <span>
#include <vector>

#include "analysis/statistics/interval_score.hpp"

namespace chokepoint::analysis {

/// What makes an outcome uncertain, over sets of parameters (of some weight each) and replicates of each set that share
/// their draws: luck within a set, and ignorance of which set holds. By the law of total variance their variances add
/// up: Var(x) = E[Var(x | set)] + Var(E[x | set]). From the second part is taken what few replicates add to it: the
/// variance of what is neither the set's nor the replicate's, over the number of replicates.
struct VarianceParts {
  double mean = 0.0;
  double luck = 0.0;
  double ignorance = 0.0;
  /// Central 90 % of all values; of the values about the mean of their own set, around the mean of all; of the sets'
  /// means.
  Band both;
  Band of_luck;
  Band of_ignorance;

  /// 0 to 1; 0 where nothing varies.
  [[nodiscard]] double share_of_ignorance() const;
};

/// values[set][replicate], as many of each set, at least two.
VarianceParts variance_parts(std::span<const std::vector<double>> values, std::span<const double> weights);

}  // namespace chokepoint::analysis
