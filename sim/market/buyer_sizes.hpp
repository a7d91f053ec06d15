#pragma once

#include <Eigen/Core>

#include "sim/kernel/random_stream.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// By buyer of a cohort, those that have names first.
struct BuyerSizes {
  /// Of the revenue of all; they sum to one.
  Eigen::ArrayXd share;
  /// Days by which a buyer's revenue comes later.
  Eigen::ArrayXd lag_days;
  /// Share of the cohort that is larger.
  Eigen::ArrayXd rank;
};

/// Sizes of a Pareto distribution and lags of a normal one, each spread evenly, so that no run has more or larger
/// buyers than another. Those who have names are the largest ones, in their order, the same in all runs; `common` says
/// where the others begin.
BuyerSizes buyer_sizes(const BuyerCohort& cohort, RandomStream common);

}  // namespace chokepoint::sim
