#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sim/kernel/random_stream.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// A stream of jobs by chance.
struct SyntheticSetup {
  struct Size {
    std::int32_t gpus = 1;
    double weight = 1.0;
  };

  /// Poisson arrivals: mean seconds between two, > 0.
  double mean_interval_s = 60.0;
  /// Log-normal durations: median > 0, and the standard deviation of the logarithm >= 0.
  double median_duration_s = 600.0;
  double log_sd = 1.0;
  /// At least one; weights not negative, not all zero.
  std::vector<Size> sizes{{}};
  /// No job comes after either.
  std::uint64_t jobs = std::numeric_limits<std::uint64_t>::max();
  double until_s = std::numeric_limits<double>::infinity();

  /// Mean of GPU-seconds that arrive in a second: the GPUs busy on a fleet that is never short.
  [[nodiscard]] double offered_gpus() const;
};

/// Jobs drawn one by one from streams named after `name`; holds nothing but the next.
class SyntheticSource final : public JobSource {
 public:
  SyntheticSource(const SyntheticSetup& setup, std::uint64_t seed, std::uint32_t replicate, const std::string& name);
  bool next(Job& job) override;

 private:
  SyntheticSetup setup_;
  std::vector<double> cumulative_weight_;
  RandomStream arrivals_;
  RandomStream durations_;
  RandomStream sizes_;
  double log_median_;
  double time_s_ = 0.0;
  std::uint64_t made_ = 0;
};

}  // namespace chokepoint::sim
