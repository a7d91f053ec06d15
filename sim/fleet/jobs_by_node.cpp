#include "sim/fleet/jobs_by_node.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {

void JobsByNode::add(std::uint32_t job, const models::Allocation& allocation) {
  std::int32_t rest = allocation.gpus;
  for (const std::uint32_t node : allocation.nodes) {
    std::vector<Held>& jobs = on_[node];
    const auto place = std::ranges::lower_bound(jobs, job, {}, &Held::job);
    jobs.insert(place, {.job = job, .gpus = std::min(rest, gpus_per_node_)});
    rest -= gpus_per_node_;
  }
}

void JobsByNode::remove(std::uint32_t job, const models::Allocation& allocation) {
  for (const std::uint32_t node : allocation.nodes) {
    std::vector<Held>& jobs = on_[node];
    const auto place = std::ranges::lower_bound(jobs, job, {}, &Held::job);
    models::expects(place != jobs.end() && place->job == job, "a job that leaves a node was on it");
    jobs.erase(place);
  }
}

std::optional<std::uint32_t> JobsByNode::job_at(std::uint32_t node, double share) const {
  double gpu = share * gpus_per_node_;
  for (const Held& held : on_[node]) {
    if (gpu < held.gpus) return held.job;
    gpu -= held.gpus;
  }
  return std::nullopt;
}

}  // namespace chokepoint::sim
