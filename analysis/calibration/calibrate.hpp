#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "analysis/calibration/evaluated_set.hpp"
#include "analysis/calibration/judgement.hpp"
#include "analysis/calibration/population.hpp"
#include "analysis/calibration/profile.hpp"
#include "analysis/calibration/resampling.hpp"
#include "analysis/calibration/search.hpp"

namespace chokepoint::analysis {

/// How a calibration goes about it.
struct CalibrationPlan {
  Centre centre = Centre::mean;
  /// Members of the ensemble, and how many independent ones the waves go on for.
  std::size_t sets = 100;
  std::size_t wave = 200;
  std::size_t most_waves = 20;
  /// No member is further from a target than this.
  double most_implausible = 3.0;
  SearchMethod method = SearchMethod::sbplx;
  /// Searches from the best sets of the waves, and what each may run.
  std::size_t starts = 2;
  std::size_t search_evaluations = 60;
  /// Points of each parameter's profile; none: no profiles.
  std::size_t profile_points = 9;
  std::size_t profile_evaluations = 20;
  std::uint64_t seed = 1;
};

/// Sets that are run at most.
std::size_t most_evaluations(const CalibrationPlan& plan, std::size_t dimensions);

struct Calibration {
  /// All sets that were run, those of the waves first.
  std::vector<EvaluatedSet> evaluated;
  /// Of the waves' sets.
  Population population;
  /// The ensemble: sets of the waves that fit, with weights that sum to one. Empty where none does.
  std::vector<Kept> members;
  /// The set of the least deviance among all.
  std::size_t best = 0;
  std::vector<Profile> profiles;
  std::vector<TargetJudgement> judgements;
};

/// Which part of the work is done, 0 to 1, by what it may still take at most.
using OnShare = std::function<void(double)>;

/// Finds the sets of `dimensions` parameters that fit: a population in waves, searches for the best set from the best
/// of the waves, the profile of each parameter, and what the bands are worth. Failed runs fit nothing. Throws what
/// `evaluate` throws.
Calibration calibrate(std::size_t dimensions, const std::vector<Target>& targets, const Evaluate& evaluate,
                      const CalibrationPlan& plan, const OnShare& on_share = {});

}  // namespace chokepoint::analysis
