#pragma once

#include "models/scheduling/strict_order.hpp"

namespace chokepoint::models {

/// Shortest job first, strictly and without preemption: a short job that does not fit holds up longer ones.
class ShortestJobFirst final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.duration_s; }
  void decide(DecisionRound& round) const override { start_in_strict_order(round); }
};

}  // namespace chokepoint::models
