#pragma once

#include <span>

namespace chokepoint::analysis {

/// The value below which a share `p` of a weighted sample lies, linear between values. Of n equal weights the i-th
/// value stands at i / (n + 1) (Weibull; Hyndman & Fan 1996, definition 6), so that the interval between the quantiles
/// of p and 1 - p holds in expectation 1 - 2 p of whatever the sample is drawn from; unequal weights count as Kish's
/// effective number of equal ones. At least one weight is above 0; they need not sum to one.
double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p);

}  // namespace chokepoint::analysis
