#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint::analysis {

/// What a curve does between two instants.
struct Bin {
  double least;
  double most;
  /// Over time.
  double mean;
};

/// A step curve (each value holds until the next instant) on `bins` equal stretches of [first time, `end`], so that no
/// peak is lost however many values fall into one. Values that are not finite are gaps; a bin that is all gap has
/// not-a-number throughout. `time_s` ascends.
std::vector<Bin> envelope(std::span<const double> time_s, std::span<const double> values, double end, std::size_t bins);

}  // namespace chokepoint::analysis
