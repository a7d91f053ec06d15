// The nodes of a fleet: which jobs are on them, and what becomes of both when one fails.
#include <algorithm>

#include "models/contract/expects.hpp"
#include "sim/fleet/fleet.hpp"

namespace chokepoint::sim {

Fleet::NodePlace Fleet::place_of(std::uint32_t node) const {
  for (std::uint32_t tenant = 0; tenant < tenants_.size(); ++tenant)
    for (std::uint32_t pool = 0; pool < tenants_[tenant].pools.size(); ++pool) {
      const std::uint32_t nodes = tenants_[tenant].pools[pool].nodes();
      if (node < nodes) return {tenant, pool, node};
      node -= nodes;
    }
  models::expects(false, "a node is one of the fleet's");
  return {0, 0, 0};
}

std::uint32_t Fleet::nodes() const {
  std::uint32_t nodes = 0;
  for (const Tenant& tenant : tenants_)
    for (const models::NodePool& pool : tenant.pools) nodes += pool.nodes();
  return nodes;
}

bool Fleet::node_works(std::uint32_t node) const {
  const auto [index, pool, place] = place_of(node);
  return !tenants_[index].on_nodes[pool].on(place).empty();
}

std::optional<Fleet::JobOnNode> Fleet::job_at(std::uint32_t node, double share) const {
  const auto [index, pool, place] = place_of(node);
  const auto job = tenants_[index].on_nodes[pool].job_at(place, share);
  if (!job) return std::nullopt;
  return JobOnNode{.job = *job, .nodes = 1.0 * jobs_.gpus_held(*job) / tenants_[index].pools[pool].gpus_per_node()};
}

void Fleet::interrupt(std::uint32_t job, Struck& struck) {
  Tenant& tenant = tenants_[jobs_.job(job).tenant];
  const JobsAtWork::Left left = jobs_.interrupt(job, JobsAtWork::Loss::since_checkpoint, kernel_.now_s());
  tenant.pools[left.allocation.pool].give_back(left.allocation);
  note_left(tenant, job, left.allocation);
  ++struck.jobs;
  struck.gpus += left.allocation.gpus;
  struck.lost_gpu_s += left.allocation.gpus * left.lost_work_s;
  wait_for_start(job);
}

Fleet::Struck Fleet::interrupt_job(std::uint32_t job) {
  site_.advance();
  Struck struck;
  interrupt(job, struck);
  site_.power_changed();
  settle();
  return struck;
}

Fleet::Struck Fleet::take_node_down(std::uint32_t node) {
  site_.advance();
  const auto [index, of_pool, place] = place_of(node);
  Tenant& tenant = tenants_[index];
  models::NodePool& pool = tenant.pools[of_pool];
  if (down_.size() <= node) down_.resize(node + 1, false);
  models::expects(!down_[node], "a node that is taken down was up");
  down_[node] = true;
  const std::int32_t gpus = pool.gpus_per_node();
  Struck struck;
  if (!tenant.on_nodes.empty()) {
    const JobsByNode& on_nodes = tenant.on_nodes[of_pool];
    while (!on_nodes.on(place).empty()) interrupt(on_nodes.on(place).back().job, struck);
  } else {
    auto running = jobs_.running(kernel_.now_s());
    std::ranges::sort(running, models::started_before);
    for (auto job = running.rbegin(); job != running.rend(); ++job) {
      if (job->tenant != index || job->allocation->pool != of_pool) continue;
      const std::vector<std::uint32_t>& nodes = job->allocation->nodes;
      const bool leaves = nodes.empty() ? pool.free_gpus() < gpus : std::ranges::find(nodes, place) != nodes.end();
      if (leaves) interrupt(job->job, struck);
    }
  }
  if (placement_->counts_only()) {
    pool.take_counted(gpus);
  } else {
    pool.take(place, gpus);
  }
  if (tenant.plan) tenant.plan->nodes_changed();
  loads_[of_pool].move(models::PowerState::idle, models::PowerState::off, gpus);
  site_.power_changed();
  settle();
  return struck;
}

void Fleet::bring_node_up(std::uint32_t node) {
  site_.advance();
  const auto [index, of_pool, place] = place_of(node);
  Tenant& tenant = tenants_[index];
  models::NodePool& pool = tenant.pools[of_pool];
  models::expects(node < down_.size() && down_[node], "a node that is brought up was down");
  down_[node] = false;
  const std::int32_t gpus = pool.gpus_per_node();
  models::Allocation held{.gpus = gpus, .nodes = {}};
  if (!placement_->counts_only()) held.nodes.push_back(place);
  pool.give_back(held);
  if (tenant.plan) tenant.plan->nodes_changed();
  loads_[of_pool].move(models::PowerState::off, models::PowerState::idle, gpus);
  request_decision(tenant);
}

void Fleet::hold_node(std::uint32_t node) {
  const auto [index, of_pool, place] = place_of(node);
  Tenant& tenant = tenants_[index];
  models::NodePool& pool = tenant.pools[of_pool];
  pool.take(place, pool.gpus_per_node());
  if (tenant.plan) tenant.plan->nodes_changed();
}

void Fleet::release_node(std::uint32_t node) {
  const auto [index, of_pool, place] = place_of(node);
  Tenant& tenant = tenants_[index];
  models::NodePool& pool = tenant.pools[of_pool];
  pool.give_back({.gpus = pool.gpus_per_node(), .nodes = {place}, .pool = of_pool});
  if (tenant.plan) tenant.plan->nodes_changed();
  request_decision(tenant);
}

}  // namespace chokepoint::sim
