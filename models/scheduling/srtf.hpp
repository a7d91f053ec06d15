#pragma once

#include <algorithm>
#include <vector>

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// Shortest remaining time first: a job may preempt those that have longer to go than it (its restart included), the
/// longest first. On one GPU, where restarts cost nothing, no schedule has a smaller mean completion (Schrage, "A proof
/// of the optimality of the shortest remaining processing time discipline", Operations Research 16, 1968). Strict: a
/// job that can make no room holds up longer ones.
class ShortestRemainingTime final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.duration_s; }
  [[nodiscard]] bool looks_at_running() const override { return true; }
  void decide(DecisionRound& round) const override {
    std::vector<const RunningJob*> longest_first = round.running_by_start();
    std::ranges::stable_sort(longest_first, std::ranges::greater{}, &RunningJob::work_left_s);
    for (auto position = round.queue().begin(); position != round.queue().end(); ++position) {
      const auto shorter = std::ranges::find_if(
          longest_first, [&](const RunningJob* job) { return job->work_left_s <= position->job.duration_s; });
      if (!round.start_in_place_of({longest_first.begin(), shorter}, position)) return;
    }
  }
};

}  // namespace chokepoint::models
