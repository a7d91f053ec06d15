#include "models/workload/inference_demand.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {

double InferenceDemand::mean_gpus() const {
  return requests_per_s * tokens_per_request * gpu_s_per_token / target_utilization;
}

std::int64_t InferenceDemand::replicas(double rate) const {
  // What is whole but for its last digits is whole.
  constexpr double rounding = 1e-9;
  const double exact = mean_gpus() * rate / gpus_per_replica;
  return std::max(fewest_replicas, static_cast<std::int64_t>(std::ceil(exact * (1.0 - rounding))));
}

}  // namespace chokepoint::models
