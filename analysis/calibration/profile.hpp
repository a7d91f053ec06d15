#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "analysis/calibration/search.hpp"

namespace chokepoint::analysis {

/// Whether targets bound a parameter on both sides, on one, or on none (Raue et al. 2009: practical identifiability).
enum class Identified { both, from_below, from_above, no };

/// The least deviance over all other parameters along one of them (profile likelihood).
struct Profile {
  /// Coordinates in the unit cube, and the least deviance that was found at each.
  std::vector<double> at;
  std::vector<double> deviance;
  Identified identified = Identified::no;
};

/// A place and its deviance.
struct KnownPlace {
  std::span<const double> place;
  double deviance = 0.0;
};

struct ProfilePlan {
  std::size_t coordinate = 0;
  /// Of the grid, in the middles of as many parts of the range.
  std::size_t points = 11;
  Search search;
};

/// Searches at each point of the grid over the other coordinates, from the best of `known` near it. A side counts as
/// bounded where the profile rises by more than 2.71, the 90 % point of chi-squared with one degree of freedom, above
/// the least deviance known.
Profile profile(const Objective& deviance, std::span<const KnownPlace> known, const ProfilePlan& plan);

}  // namespace chokepoint::analysis
