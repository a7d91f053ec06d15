#include "models/reliability/checkpoint.hpp"

#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double checkpoint_bytes(const CheckpointSize& size) {
  return size.parameters * size.bytes_per_parameter;
}

double transfer_s(double bytes, double bytes_per_s) {
  expects(bytes_per_s > 0.0, "a bandwidth is positive");
  return bytes / bytes_per_s;
}

double young_interval_s(double mean_to_failure_s, double write_s) {
  expects(mean_to_failure_s > 0.0 && write_s > 0.0, "times are positive");
  return std::sqrt(2.0 * mean_to_failure_s * write_s);
}

double daly_interval_s(double mean_to_failure_s, double write_s) {
  if (write_s >= 2.0 * mean_to_failure_s) return mean_to_failure_s;
  const double root = std::sqrt(write_s / (2.0 * mean_to_failure_s));
  return young_interval_s(mean_to_failure_s, write_s) * (1.0 + root / 3.0 + root * root / 9.0) - write_s;
}

}  // namespace chokepoint::models
