#pragma once

#include "sim/fleet/job_observer.hpp"
#include "sim/site/compensated_sum.hpp"
#include "sim/workload/replica_plan.hpp"

namespace chokepoint::sim {

/// What a service asked for and what it had. A replica that is not up, or works at less than full speed, leaves its
/// share of the requests unserved: the others do not take them over.
class ServiceMeter {
 public:
  /// Counts from `counted_from_s` on.
  ServiceMeter(const InferenceSetup& setup, ReplicaPlan plan, double counted_from_s)
      : plan_(std::move(plan)), gpus_(setup.demand.gpus_per_replica), counted_from_s_(counted_from_s) {}

  void replica_left(const JobOutcome& outcome);

  struct Totals {
    double requests = 0.0;
    double served = 0.0;
    double asked_gpu_s = 0.0;
    double had_gpu_s = 0.0;
    double most_asked_gpus = 0.0;
  };
  /// Up to the end of a run, `now_s`.
  [[nodiscard]] Totals totals(double now_s) const;

 private:
  ReplicaPlan plan_;
  double gpus_;
  double counted_from_s_;
  CompensatedSum served_;
  CompensatedSum had_gpu_s_;
};

}  // namespace chokepoint::sim
