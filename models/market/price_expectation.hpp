#pragma once

#include <span>
#include <vector>

namespace chokepoint::models {

/// expected += weight (seen - expected), weight in (0, 1] (Nerlove 1958).
double adaptive_expectation(double expected, double seen, double weight);

/// Goes on as it went: seen + gain (seen - seen before).
double trend_expectation(double seen, double seen_before, double gain);

/// Shares of those who follow each of several rules, by what these brought lately: exp(intensity fitness), normed
/// (Brock & Hommes 1997). At intensity 0 all are equal; towards infinity the best takes all, and equals share.
std::vector<double> rule_shares(std::span<const double> fitness, double intensity);

}  // namespace chokepoint::models
