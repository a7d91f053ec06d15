#include "sim/fabric/fleet_contention.hpp"

#include <algorithm>

#include "models/hardware/slowed_pace.hpp"

namespace chokepoint::sim {

FleetContention::FleetContention(const Kernel& kernel, const Setup& setup)
    : kernel_(kernel),
      fabric_(setup.fabric),
      gpus_per_node_(setup.gpus_per_node),
      communication_share_(setup.communication_share) {
  const auto nodes_per_leaf = static_cast<std::uint32_t>(fabric_.nodes_per_leaf);
  std::uint32_t leaves = 0;
  for (const TenantNodes& tenant : setup.tenants) {
    first_leaf_.push_back(leaves);
    leaves += (tenant.nodes + nodes_per_leaf - 1) / nodes_per_leaf;
  }
  cables_.assign(leaves, fabric_.nodes_per_leaf / fabric_.oversubscription);
}

void FleetContention::work_began(std::uint32_t slot, const Job& job, const models::Allocation& allocation) {
  if (allocation.nodes.size() < 2) return;
  spread_[slot] = allocation.gpus;
  worked_.change(allocation.gpus, kernel_.now_s());
  std::vector<std::uint32_t> leaves;
  for (const std::uint32_t node : allocation.nodes)
    leaves.push_back(first_leaf_[job.tenant] + node / static_cast<std::uint32_t>(fabric_.nodes_per_leaf));
  std::ranges::sort(leaves);
  leaves.erase(std::ranges::unique(leaves).begin(), leaves.end());
  const double share = job.communication_share < 0.0 ? communication_share_ : job.communication_share;
  if (leaves.size() < 2 || share == 0.0) return;
  const int rest = allocation.gpus % gpus_per_node_;
  const double cards = rest == 0 ? 1.0 : static_cast<double>(rest) / gpus_per_node_;
  crossing_[slot] = {
      .communication_share = share, .gpus = spread_[slot], .flow = {.links = std::move(leaves), .most = cards}};
  changed_ = true;
}

void FleetContention::work_stopped(std::uint32_t slot) {
  const auto spread = spread_.find(slot);
  if (spread == spread_.end()) return;
  worked_.change(-spread->second, kernel_.now_s());
  spread_.erase(spread);
  const auto crossing = crossing_.find(slot);
  if (crossing == crossing_.end()) return;
  waited_.change(-crossing->second.gpus * (1.0 - crossing->second.rate), kernel_.now_s());
  crossing_.erase(crossing);
  changed_ = true;
}

void FleetContention::settle(Fleet& fleet) {
  if (!changed_) return;
  changed_ = false;
  std::vector<models::FairFlow> flows;
  flows.reserve(crossing_.size());
  for (const auto& [slot, job] : crossing_) flows.push_back(job.flow);
  const std::vector<double> paces = models::fair_paces(cables_, flows);
  std::size_t at = 0;
  for (auto& [slot, job] : crossing_) {
    const double rate = models::slowed_pace(job.communication_share, job.flow.most / paces[at++]);
    waited_.change(job.gpus * (job.rate - rate), kernel_.now_s());
    job.rate = rate;
    // A job that was suspended meanwhile may have another rate than the one kept here.
    if (fleet.rate(slot) != rate) fleet.set_rate(slot, rate);
  }
}

void FleetContention::begin_counting() {
  for (Integral* integral : {&worked_, &waited_}) {
    integral->change(0.0, kernel_.now_s());
    integral->sum = 0.0;
  }
}

}  // namespace chokepoint::sim
