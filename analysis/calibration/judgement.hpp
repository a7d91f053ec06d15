#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/evaluated_set.hpp"
#include "analysis/calibration/population.hpp"
#include "analysis/calibration/resampling.hpp"

namespace chokepoint::analysis {

/// A forecast of a target and its interval score, in the unit of the outcome; less is better.
struct ScoredBand {
  std::string name;
  Band band;
  double score = 0.0;
};

/// How bands of 90 % foretell a target. The bands hold luck, ignorance and the target's own tolerance together.
struct TargetJudgement {
  /// Of the sets that fit all targets.
  ScoredBand fitted;
  /// Of the sets that fit all other targets; none where too few of the sets that were run do.
  std::optional<ScoredBand> left_out;
  /// Of the first wave, before any fit, and what the study gives.
  std::vector<ScoredBand> naive;
};

/// The central 90 % of the replicates of some of `sets` and the target's tolerance around them.
Band predictive_band(const Target& target, std::span<const EvaluatedSet> sets, std::span<const Kept> some);

/// `sets` are those of the population, in its order. A target is left out by weighting the same sets anew without it,
/// which is sound as long as they are worth 30 independent ones then: the waves draw from the prior too.
std::vector<TargetJudgement> judge(const std::vector<Target>& targets, std::span<const EvaluatedSet> sets,
                                   const Population& population);

}  // namespace chokepoint::analysis
