#pragma once

#include <cstdint>
#include <optional>

#include "models/reliability/checkpoint.hpp"
#include "models/reliability/failure_rate.hpp"
#include "models/scheduling/checkpoint_rule.hpp"

namespace chokepoint::models {

/// How the jobs of a cluster keep what they have done: how often, by what a job of its size has to fear, and how long a
/// checkpoint takes, by what a node of it holds. Times in s.
struct CheckpointPolicy {
  enum class Interval : std::uint8_t { daly, young, given };

  Interval interval = Interval::daly;
  /// Where it is given; positive.
  double given_interval_s = 0.0;
  /// Of a job of whatever size; where there is none, by `gpu_bytes`.
  std::optional<double> write_s{};
  std::optional<double> restore_s{};
  /// State of one GPU, every part of it kept once.
  double gpu_bytes = 0.0;
  CheckpointPath path{};
  FailureRate failures{};
  int gpus_per_node = 8;

  /// Of a job of `gpus` >= 1. A job that never fails, or whose checkpoint takes no time at an interval of a formula,
  /// writes none.
  [[nodiscard]] CheckpointRule rule(std::int64_t gpus) const;
  [[nodiscard]] double restore_time_s(std::int64_t gpus) const;
};

}  // namespace chokepoint::models
