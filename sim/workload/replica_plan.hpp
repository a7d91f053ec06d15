#pragma once

#include <vector>

#include "models/workload/inference_demand.hpp"
#include "models/workload/rate_profile.hpp"

namespace chokepoint::sim {

/// A service that answers requests.
struct InferenceSetup {
  models::InferenceDemand demand;
  models::RateProfile profile;
  /// Time between two decisions on the number of replicas, s.
  double scale_every_s = 3600.0;
  std::int32_t priority = 100;
};

/// What a service asks for over a run: replicas by step of its scaler, which knows the mean of the step to come, and
/// the requests that come. Those of a step count as spread evenly over it and over its replicas.
class ReplicaPlan {
 public:
  struct Span {
    models::TimeZone zone{};
    models::Instant start{};
    double end_s = 0.0;
  };
  ReplicaPlan(const InferenceSetup& setup, const Span& span);

  [[nodiscard]] const std::vector<std::int64_t>& replicas() const { return replicas_; }
  /// The date at which a step begins, or, for the number of steps, the end.
  [[nodiscard]] double date_s(std::size_t step) const;
  [[nodiscard]] std::int64_t most_replicas(double from_s) const;

  /// From the start to a date: requests that came, requests for each replica that was up, and replicas times seconds.
  [[nodiscard]] double requests(double until_s) const { return at(requests_, until_s); }
  [[nodiscard]] double requests_a_replica(double until_s) const { return at(requests_a_replica_, until_s); }
  [[nodiscard]] double replica_seconds(double until_s) const { return at(replica_seconds_, until_s); }

 private:
  [[nodiscard]] double at(const std::vector<double>& by_date, double until_s) const;

  double step_s_;
  double end_s_;
  std::vector<std::int64_t> replicas_;
  /// By begin of step, and at the end.
  std::vector<double> requests_{0.0};
  std::vector<double> requests_a_replica_{0.0};
  std::vector<double> replica_seconds_{0.0};
};

}  // namespace chokepoint::sim
