#pragma once

#include <span>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// expected += weight (seen - expected), weight in (0, 1] (Nerlove 1958).
inline double adaptive_expectation(double expected, double seen, double weight) {
  expects(weight > 0.0 && weight <= 1.0, "the weight of the newest price lies above 0 and at most at 1");
  return expected + weight * (seen - expected);
}

/// Goes on as it went: seen + gain (seen - seen before).
double trend_expectation(double seen, double seen_before, double gain);

/// Shares of those who follow each of several rules, by what these brought lately: exp(intensity fitness), normed
/// (Brock & Hommes 1997). At intensity 0 all are equal; towards infinity the best takes all, and equals share.
std::vector<double> rule_shares(std::span<const double> fitness, double intensity);

}  // namespace chokepoint::models
