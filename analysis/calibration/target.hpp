#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/statistics/interval_score.hpp"

namespace chokepoint::analysis {

/// A forecast of a target that needs no model: the last value, a trend, an expert's range.
struct NaiveForecast {
  std::string name;
  Band band;
};

/// What an outcome of runs is known to be: normal around `value` with the standard deviation `tolerance`, which is all
/// that the fact leaves open: error of measurement, definitions that differ, what the model does not know.
struct Target {
  std::string outcome;
  /// Its place among the outcomes of a set.
  std::size_t column = 0;
  double value = 0.0;
  double tolerance = 1.0;
  /// A target of weight 2 counts as two independent ones.
  double weight = 1.0;
  /// Whether value, tolerance and outcome are logarithms, as they are of facts.
  bool logarithmic = false;
  std::string source = {};
  std::vector<NaiveForecast> naive = {};
};

/// The tolerance of a fact told as a range, which is taken as the central 90 % of what it may be.
double tolerance_of_range(double low, double high);

/// What stands for the replicates of an outcome.
enum class Centre { mean, median };

/// How an outcome of a set stands to a target. The fact is one draw of luck beside its tolerance, and the centre of R
/// replicates is uncertain too, so that the variance between them is
///
///     V = tolerance^2 + s^2 (1 + c / R),   c = 1 (mean) or pi / 2 (median),
///
/// with s^2 the variance of the replicates; a single replicate shows no luck, which its tolerance must then include.
struct TargetFit {
  /// Of the replicates.
  double centre = 0.0;
  double luck_sd = 0.0;
  /// Square root of V.
  double sd = 0.0;
  /// |centre - value| / sd (Vernon, Goldstein & Bower 2010, equation 12) where V is known. Where a part of it comes
  /// from few replicates, what is as rare for a normal as that is for Student's t (Wallace 1959, to 1 % from two
  /// degrees of freedom on): else a truth would pass 3 of its standard deviations in 4 % of cases with four degrees,
  /// not in 0.3 %.
  double implausibility = 0.0;
  /// -2 log of the likelihood, without constants: that of a normal where V is known. Where a part of it comes from few
  /// replicates, of Student's t with Welch's and Satterthwaite's degrees of freedom. 0 for a perfect fit without luck.
  double deviance = 0.0;
};

/// `replicates` has at least one value. Not-a-number among them gives an infinite deviance and implausibility.
TargetFit fit_of(const Target& target, std::span<const double> replicates, Centre centre);

}  // namespace chokepoint::analysis
