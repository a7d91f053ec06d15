#pragma once

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// Conservative backfill (Mu'alem and Feitelson, "Utilization, predictability, workloads, and user runtime estimates in
/// scheduling the IBM SP2 with backfilling", IEEE TPDS 12, 2001): every job gets a reservation when it comes, of nodes
/// by the placement's rules, at the earliest date that delays none of those there are; it starts at that date or
/// earlier. Where jobs end before they were announced to, reservations move forward in order of submission: the first
/// `moved_forward` to the earliest date there is, the others if they can start at once. Where jobs last longer, nodes
/// fail or power lacks, each in order of submission keeps its reservation or, if it cannot, gets the earliest; a job
/// that has overrun is taken to last `overrun_s` more. A job that lacks power, not GPUs, is not overtaken.
class ConservativeBackfill final : public Scheduler {
 public:
  static constexpr std::size_t moved_forward = 100;
  static constexpr double overrun_s = 60.0;

  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.submit_s; }
  [[nodiscard]] bool looks_at_running() const override { return true; }
  [[nodiscard]] bool keeps_plan() const override { return true; }
  void decide(DecisionRound& round) const override;
};

}  // namespace chokepoint::models
