#include "models/reliability/checkpoint_policy.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

namespace {
/// What the fullest node of a job holds.
double node_bytes(const CheckpointPolicy& policy, std::int64_t gpus) {
  return policy.gpu_bytes * static_cast<double>(std::min<std::int64_t>(gpus, policy.gpus_per_node));
}
}  // namespace

CheckpointRule CheckpointPolicy::rule(std::int64_t gpus) const {
  expects(gpus >= 1, "a job has a GPU");
  const double writing_s = write_s ? *write_s : transfer_s(node_bytes(*this, gpus), path.write_bytes_per_s);
  if (interval == Interval::given) return {.interval_s = given_interval_s, .write_s = writing_s};
  const double rate = interruptions_per_s(failures, static_cast<double>(gpus) / gpus_per_node);
  if (!(rate > 0.0) || !(writing_s > 0.0)) return {};
  const double mean_s = 1.0 / rate;
  return {.interval_s =
              interval == Interval::young ? young_interval_s(mean_s, writing_s) : daly_interval_s(mean_s, writing_s),
          .write_s = writing_s};
}

double CheckpointPolicy::restore_time_s(std::int64_t gpus) const {
  return restore_s ? *restore_s : transfer_s(node_bytes(*this, gpus), path.read_bytes_per_s);
}

}  // namespace chokepoint::models
