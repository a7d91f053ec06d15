#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::analysis {

/// How long a study takes, judged by a few of its runs: as if all took their mean, and as if all were like the quickest
/// and like the slowest of them. Without what a fork and a row of the store cost, which is some milliseconds a run.
struct RunEstimate {
  std::size_t trials = 0;
  /// Of a run, s.
  double mean_s = 0.0;
  double least_s = 0.0;
  double most_s = 0.0;
  /// Of the study, s.
  double study_s = 0.0;
  double study_least_s = 0.0;
  double study_most_s = 0.0;
};

struct RunCounts {
  std::uint64_t runs = 0;
  std::size_t workers = 1;
};

/// `wall_s`, not empty, holds the time of each trial run.
RunEstimate estimate_time(std::span<const double> wall_s, const RunCounts& counts);

/// `count` indices below `points`, spread evenly over them; all of them where there are fewer.
std::vector<std::uint64_t> spread_points(std::uint64_t points, std::uint64_t count);

}  // namespace chokepoint::analysis
