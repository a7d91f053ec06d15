#pragma once

namespace chokepoint::analysis {

/// A central prediction interval.
struct Band {
  double low = 0.0;
  double high = 0.0;
};

/// The interval score of a central interval of probability `1 - alpha` once `value` is known (Gneiting & Raftery 2007,
/// "Strictly proper scoring rules, prediction, and estimation", equation 43): its width, and 2 / alpha times the
/// distance by which it misses. In the unit of the value; less is better, and the true quantiles give the least in
/// expectation.
double interval_score(Band band, double value, double alpha);

}  // namespace chokepoint::analysis
