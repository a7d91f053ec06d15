#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/judgement.hpp"

namespace chokepoint::analysis {

/// Mean interval scores of bands of 90 % over the same facts, on their logarithms, so that prices and units compare: of
/// the ensemble, of it with each fact left out (where it can be of all of them), of untuned sets, and of the naive
/// forecasts.
struct MeanScores {
  struct Score {
    std::string name;
    double score = 0.0;
  };
  /// Those that have both naive forecasts.
  std::size_t facts = 0;
  /// None without facts.
  std::vector<Score> scores;
};

MeanScores mean_scores(std::span<const Target> targets, std::span<const TargetJudgement> judgements);

}  // namespace chokepoint::analysis
