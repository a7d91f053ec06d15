#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "models/workload/rate_profile.hpp"
#include "sim/kernel/random_stream.hpp"
#include "sim/workload/job_source.hpp"
#include "sim/workload/owned_source.hpp"

namespace chokepoint::sim {

/// A stream of jobs by chance.
struct SyntheticSetup {
  struct Size {
    std::int32_t gpus = 1;
    double weight = 1.0;
    /// Of the jobs of this size, where they have durations of their own.
    std::optional<double> median_duration_s{};
    std::optional<double> log_sd{};
    std::int32_t priority = 0;
  };
  struct User {
    std::string name;
    /// Of the jobs, against those of the others; > 0.
    double share = 1.0;
  };

  /// Poisson arrivals: mean seconds between two, > 0, over a week at the start; and how their rate goes by the clock.
  double mean_interval_s = 60.0;
  models::RateProfile profile{};
  /// Log-normal durations: median > 0, and the standard deviation of the logarithm >= 0.
  double median_duration_s = 600.0;
  double log_sd = 1.0;
  /// At least one; weights not negative, not all zero.
  std::vector<Size> sizes{{}};
  /// Whose they are; nobody's where it is empty.
  std::vector<User> users{};
  /// No job comes after either.
  std::uint64_t jobs = std::numeric_limits<std::uint64_t>::max();
  double until_s = std::numeric_limits<double>::infinity();

  /// Mean of GPU-seconds that arrive in a second of a week at the start: the GPUs busy on a fleet that is never short.
  [[nodiscard]] double offered_gpus() const { return mean_gpu_seconds() / mean_interval_s; }
  /// Of a job, the mean.
  [[nodiscard]] double mean_gpu_seconds() const;
  [[nodiscard]] double mean_gpus() const;
};

/// Jobs drawn one by one from streams named after `stream`; holds nothing but the next. One draw each for arrival,
/// size, duration and user: a profile moves dates and no other draw, and where it is flat not a bit of them; users move
/// none.
class SyntheticSource final : public JobSource {
 public:
  struct Place {
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    std::string stream;
    /// The clock of the profile, and its date at second 0.
    models::TimeZone zone{};
    models::Instant start{};
    /// Of each user, where owners matter.
    std::vector<OwnedSource::Mark> marks{};
  };
  SyntheticSource(const SyntheticSetup& setup, const Place& place);
  bool next(Job& job) override;

 private:
  struct Duration {
    double log_median;
    double log_sd;
  };

  SyntheticSetup setup_;
  std::vector<double> cumulative_weight_;
  std::vector<OwnedSource::Mark> marks_;
  std::vector<double> cumulative_share_;
  /// By size.
  std::vector<Duration> duration_;
  models::RateClock clock_;
  RandomStream arrivals_;
  RandomStream durations_;
  RandomStream sizes_;
  RandomStream users_;
  double time_s_ = 0.0;
  std::uint64_t made_ = 0;
};

}  // namespace chokepoint::sim
