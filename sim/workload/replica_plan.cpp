#include "sim/workload/replica_plan.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::sim {

ReplicaPlan::ReplicaPlan(const InferenceSetup& setup, const Span& span)
    : step_s_(setup.scale_every_s), end_s_(span.end_s) {
  const models::RateClock clock(setup.profile, span.zone, span.start);
  const auto steps = static_cast<std::size_t>(std::ceil(end_s_ / step_s_));
  for (std::size_t step = 0; step < steps; ++step) {
    const double from_s = step_s_ * static_cast<double>(step);
    const double to_s = std::min(end_s_, step_s_ * static_cast<double>(step + 1));
    const double at_mean_s = clock.integral(from_s, to_s);
    const std::int64_t replicas = setup.demand.replicas(at_mean_s / (to_s - from_s));
    const double requests = setup.demand.requests_per_s * at_mean_s;
    replicas_.push_back(replicas);
    requests_.push_back(requests_.back() + requests);
    requests_a_replica_.push_back(requests_a_replica_.back() +
                                  (replicas > 0 ? requests / static_cast<double>(replicas) : 0.0));
    replica_seconds_.push_back(replica_seconds_.back() + static_cast<double>(replicas) * (to_s - from_s));
  }
}

double ReplicaPlan::date_s(std::size_t step) const {
  return std::min(end_s_, step_s_ * static_cast<double>(step));
}

std::int64_t ReplicaPlan::most_replicas(double from_s) const {
  const auto first = std::min(replicas_.size(), static_cast<std::size_t>(from_s / step_s_));
  return first == replicas_.size() ? 0 : std::ranges::max(std::span(replicas_).subspan(first));
}

double ReplicaPlan::at(const std::vector<double>& by_date, double until_s) const {
  if (until_s >= end_s_) return by_date.back();
  const auto step = static_cast<std::size_t>(until_s / step_s_);
  const double share = (until_s - date_s(step)) / (date_s(step + 1) - date_s(step));
  return by_date[step] + share * (by_date[step + 1] - by_date[step]);
}

}  // namespace chokepoint::sim
