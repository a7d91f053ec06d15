#pragma once

#include <algorithm>
#include <vector>

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// Higher priorities first, those of one priority in order of submission. A job preempts jobs of lower priority, the
/// lowest and of these the youngest first, only as many as it needs, and never its equals. Strict: a job that can make
/// no room holds up those behind it.
class PriorityWithPreemption final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return -static_cast<double>(job.priority); }
  [[nodiscard]] bool looks_at_running() const override { return true; }
  void decide(DecisionRound& round) const override {
    std::vector<const RunningJob*> lowest_first;
    bool sorted = false;
    for (auto position = round.queue().begin(); position != round.queue().end(); ++position) {
      // Most rounds need nobody's GPUs, or find nobody who would have to give them.
      if (round.start(position)) continue;
      if (position->job.priority <= round.lowest_priority()) return;
      if (!sorted) {
        lowest_first = round.running_by_start();
        std::ranges::reverse(lowest_first);
        std::ranges::stable_sort(lowest_first, {}, &RunningJob::priority);
        sorted = true;
      }
      const auto not_lower = std::ranges::find_if(
          lowest_first, [&](const RunningJob* job) { return job->priority >= position->job.priority; });
      if (!round.start_in_place_of({lowest_first.begin(), not_lower}, position)) return;
    }
  }
};

}  // namespace chokepoint::models
