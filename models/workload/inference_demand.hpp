#pragma once

#include <cstdint>

namespace chokepoint::models {

/// GPUs that answer requests: what visitors ask, at what each answer takes. A token is the unit that an answer is
/// counted in; words will do where the time is a word's. A GPU is taken to answer alone and one token after the other;
/// batching is in the time of a token.
struct InferenceDemand {
  /// Mean over a week at the start.
  double requests_per_s = 0.0;
  double tokens_per_request = 1.0;
  /// Seconds of one GPU, over all GPUs of a replica.
  double gpu_s_per_token = 0.0;
  /// Share of the time of its GPUs that a replica is meant to answer, the rest being room for peaks within a step;
  /// above 0, at most 1.
  double target_utilization = 1.0;
  std::int32_t gpus_per_replica = 1;
  std::int64_t fewest_replicas = 0;

  /// GPUs in use on average if their number followed the requests exactly.
  [[nodiscard]] double mean_gpus() const;
  /// Replicas that are up while requests come at `rate` times the mean.
  [[nodiscard]] std::int64_t replicas(double rate) const;
};

/// Seconds of one GPU for a token of an answer of a model with `active_parameters`: two floating-point operations a
/// parameter (Kaplan et al. 2020, arXiv:2001.08361, table 1, forward pass; the context's share is left out), on a GPU
/// of which `utilization` of the peak is used.
struct TokenWork {
  double active_parameters = 0.0;
  double flop_per_s = 0.0;
  double utilization = 1.0;

  [[nodiscard]] double gpu_s() const { return 2.0 * active_parameters / (flop_per_s * utilization); }
};

}  // namespace chokepoint::models
