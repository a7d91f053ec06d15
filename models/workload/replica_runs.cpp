#include "models/workload/replica_runs.hpp"

#include <algorithm>

namespace chokepoint::models {

std::vector<ReplicaRun> replica_runs(std::span<const std::int64_t> replicas_by_step) {
  std::vector<ReplicaRun> runs;
  std::vector<ReplicaRun> up;
  std::int64_t sum = 0;
  const auto change_to = [&](std::int64_t replicas, std::size_t step) {
    if (replicas > sum) up.push_back({.first = step, .count = replicas - sum});
    for (std::int64_t leaving = sum - replicas; leaving > 0;) {
      ReplicaRun& latest = up.back();
      const std::int64_t count = std::min(leaving, latest.count);
      runs.push_back({.first = latest.first, .end = step, .count = count});
      leaving -= count;
      latest.count -= count;
      if (latest.count == 0) up.pop_back();
    }
    sum = replicas;
  };
  for (std::size_t step = 0; step < replicas_by_step.size(); ++step) change_to(replicas_by_step[step], step);
  change_to(0, replicas_by_step.size());
  std::ranges::sort(runs, [](const ReplicaRun& a, const ReplicaRun& b) {
    return a.first < b.first || (a.first == b.first && a.end > b.end);
  });
  return runs;
}

}  // namespace chokepoint::models
