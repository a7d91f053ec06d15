#include "sim/workload/service_meter.hpp"

#include <algorithm>

namespace chokepoint::sim {

void ServiceMeter::replica_left(const JobOutcome& outcome) {
  const double start_s = outcome.start_s;
  const double end_s = outcome.told_s;
  const double from_s = std::max(start_s, counted_from_s_);
  if (start_s < 0.0 || end_s <= from_s) return;
  // Interruptions and slowness count as spread over its time.
  const double share = std::min(1.0, (outcome.job.duration_s - outcome.remaining_s) / (end_s - start_s));
  served_.add(share * (plan_.requests_a_replica(end_s) - plan_.requests_a_replica(from_s)));
  had_gpu_s_.add(share * gpus_ * (end_s - from_s));
}

ServiceMeter::Totals ServiceMeter::totals(double now_s) const {
  return {.requests = plan_.requests(now_s) - plan_.requests(counted_from_s_),
          .served = served_.value(),
          .asked_gpu_s = gpus_ * (plan_.replica_seconds(now_s) - plan_.replica_seconds(counted_from_s_)),
          .had_gpu_s = had_gpu_s_.value(),
          .most_asked_gpus = gpus_ * static_cast<double>(plan_.most_replicas(counted_from_s_))};
}

}  // namespace chokepoint::sim
