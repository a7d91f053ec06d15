#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/calibration/target.hpp"

namespace chokepoint::analysis {

/// Values of the outcomes of one set of parameters: for each outcome those of the replicates. Not-a-number where a run
/// gave none.
using Outcomes = std::vector<std::vector<double>>;

/// Runs sets, each a place in the unit cube, with the same draws for all of them, and gives their outcomes in order.
using Evaluate = std::function<std::vector<Outcomes>(std::span<const std::vector<double>> places)>;

/// What a set was run for.
enum class Stage { wave, search, profile };
std::string_view to_text(Stage stage);

/// A set of parameters that was run, and how it fits.
struct EvaluatedSet {
  Stage stage = Stage::wave;
  std::vector<double> place;
  Outcomes outcomes;
  /// In the order of the targets.
  std::vector<TargetFit> fits;
  /// Weighted mean over targets of the squared implausibility: 1 is what tolerances and luck make of the truth.
  double misfit = 0.0;
  /// Weighted sum over targets.
  double deviance = 0.0;
  /// The largest of a target.
  double implausibility = 0.0;
};

/// Holds `outcomes` against the targets.
EvaluatedSet held_against(const std::vector<Target>& targets, Centre centre, Outcomes outcomes);

}  // namespace chokepoint::analysis
