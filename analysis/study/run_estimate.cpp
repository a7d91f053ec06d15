#include "analysis/study/run_estimate.hpp"

#include <algorithm>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

RunEstimate estimate_time(std::span<const double> wall_s, const RunCounts& counts) {
  models::expects(!wall_s.empty(), "an estimate of time has trial runs");
  const double mean = std::accumulate(wall_s.begin(), wall_s.end(), 0.0) / static_cast<double>(wall_s.size());
  const auto [least, most] = std::ranges::minmax(wall_s);
  // How many runs each worker does one after another.
  const double in_turn =
      static_cast<double>(counts.runs) /
      static_cast<double>(std::clamp<std::uint64_t>(counts.workers, 1, std::max<std::uint64_t>(counts.runs, 1)));
  return {.trials = wall_s.size(),
          .mean_s = mean,
          .least_s = least,
          .most_s = most,
          .study_s = in_turn * mean,
          .study_least_s = in_turn * least,
          .study_most_s = in_turn * most};
}

std::vector<std::uint64_t> spread_points(std::uint64_t points, std::uint64_t count) {
  count = std::min(points, count);
  std::vector<std::uint64_t> indices(count);
  // The middles of as many parts.
  for (std::uint64_t i = 0; i < count; ++i) indices[i] = (2 * i + 1) * points / (2 * count);
  return indices;
}

}  // namespace chokepoint::analysis
