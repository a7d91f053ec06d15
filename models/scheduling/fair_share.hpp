#pragma once

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// The owner who has had the least for its share goes first, its own jobs in order of submission. What it has had is
/// its decayed usage (Slurm's classic fair share, whose factor 2^(-usage / share) gives the same order) and what its
/// running jobs are announced to take yet, so that one owner does not get all that is free in a round on the strength
/// of the same past; Slurm counts usage alone. Owners of equal standing: the earlier submission. Strict: a job that
/// does not fit holds up those behind it, so that large jobs are not starved by small ones.
class FairShare final : public Scheduler {
 public:
  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.submit_s; }
  [[nodiscard]] bool counts_usage() const override { return true; }
  void decide(DecisionRound& round) const override;
};

}  // namespace chokepoint::models
