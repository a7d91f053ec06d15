#pragma once

#include "models/scheduling/strict_order.hpp"

namespace chokepoint::models {

/// First in, first out, strictly: a job that does not fit holds up all that came after it.
class Fifo final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.submit_s; }
  void decide(DecisionRound& round) const override { start_in_strict_order(round); }
};

}  // namespace chokepoint::models
