#include "models/reliability/checkpoint.hpp"

#include <algorithm>
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

double best_interval_s(double mean_to_failure_s, double write_s) {
  expects(mean_to_failure_s > 0.0 && write_s > 0.0, "times are positive");
  const double write = write_s / mean_to_failure_s;
  // From either bound Newton's steps on x + ln(1 - x) + w / M fall to the root and never pass it.
  double x = std::min(std::sqrt(2.0 * write), -std::expm1(-write - 1.0));
  if (x >= 1.0) return mean_to_failure_s;
  for (int step = 0; step < 100; ++step) {
    const double next = x + (x + std::log1p(-x) + write) * (1.0 - x) / x;
    if (!(next < x) || !(next > 0.0)) break;
    x = next;
  }
  return mean_to_failure_s * x;
}

}  // namespace chokepoint::models
