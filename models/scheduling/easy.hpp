#pragma once

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// EASY backfill (Lifka, *The ANL/IBM SP Scheduling System*, JSSPP 1995): jobs start in the order of submission; the
/// first that does not fit gets a reservation at the earliest date at which it would, and later jobs start now if that
/// does not delay it: they end by then, or hold GPUs that the reservation leaves free. The reservation is of nodes, by
/// the placement's own rules. A head that lacks power, not GPUs, is not overtaken.
class EasyBackfill final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.submit_s; }
  [[nodiscard]] bool looks_at_running() const override { return true; }
  void decide(DecisionRound& round) const override;
};

}  // namespace chokepoint::models
