#pragma once

#include <vector>

#include "models/workload/replica_runs.hpp"
#include "sim/workload/job_source.hpp"
#include "sim/workload/replica_plan.hpp"

namespace chokepoint::sim {

/// The replicas of a service as jobs that come when its plan rises and leave when it falls, wherever they stand then;
/// those that came last leave first.
class InferenceSource final : public JobSource {
 public:
  InferenceSource(const InferenceSetup& setup, ReplicaPlan plan)
      : plan_(std::move(plan)),
        runs_(models::replica_runs(plan_.replicas())),
        gpus_(setup.demand.gpus_per_replica),
        priority_(setup.priority) {}

  bool next(Job& job) override {
    if (run_ == runs_.size()) return false;
    const models::ReplicaRun& run = runs_[run_];
    const double submit_s = plan_.date_s(run.first);
    const double leaves_s = plan_.date_s(run.end);
    job = {.index = made_++,
           .submit_s = submit_s,
           .duration_s = leaves_s - submit_s,
           .gpus = gpus_,
           .priority = priority_,
           .leaves_s = leaves_s};
    if (++of_run_ == run.count) {
      ++run_;
      of_run_ = 0;
    }
    return true;
  }

 private:
  ReplicaPlan plan_;
  std::vector<models::ReplicaRun> runs_;
  std::int32_t gpus_;
  std::int32_t priority_;
  std::size_t run_ = 0;
  std::int64_t of_run_ = 0;
  std::uint64_t made_ = 0;
};

}  // namespace chokepoint::sim
