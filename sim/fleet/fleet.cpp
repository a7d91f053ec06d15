#include "sim/fleet/fleet.hpp"

#include <algorithm>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

enum Occasion : std::uint64_t { ends, arrivals, leaves, decisions, asked_for };

std::vector<FleetLoad> loads_of(const FleetSetup& setup) {
  std::int64_t nodes = 0;
  for (const TenantNodes& tenant : setup.tenants) nodes += tenant.nodes;
  std::vector<FleetLoad> loads{FleetLoad(setup.power, nodes * setup.power.gpus, setup.most_intensity)};
  for (const Generation& generation : setup.further)
    loads.emplace_back(generation.power, std::int64_t{generation.nodes} * generation.power.gpus,
                       generation.most_intensity);
  return loads;
}

}  // namespace

Fleet::Fleet(Kernel& kernel, Site& site, const FleetSetup& setup, std::uint64_t id, JobSource& source,
             JobObserver& observer)
    : kernel_(kernel),
      site_(site),
      id_(id),
      source_(source),
      observer_(observer),
      loads_(loads_of(setup)),
      speeds_{setup.speed},
      scheduler_(models::make_scheduler(setup.scheduler, setup.terms)),
      placement_(models::make_placement(setup.placement, {.nodes_per_leaf = setup.fabric.nodes_per_leaf})),
      jobs_(loads_, setup.interruptions, setup.power_cap) {
  models::expects(setup.further.empty() || (setup.tenants.size() == 1 && !scheduler_->keeps_plan()),
                  "several generations have one tenant and a scheduler that does not plan");
  for (const TenantNodes& tenant : setup.tenants) {
    tenants_.emplace_back();
    tenants_.back().pools.emplace_back(tenant.nodes, setup.power.gpus);
  }
  for (const Generation& generation : setup.further) {
    tenants_.front().pools.emplace_back(generation.nodes, generation.power.gpus);
    speeds_.push_back(generation.speed);
  }
  if (scheduler_->keeps_plan())
    for (Tenant& tenant : tenants_) tenant.plan.emplace(tenant.pools.front(), *placement_);
  if (setup.tracks_nodes) {
    models::expects(!placement_->counts_only(), "nodes are tracked where jobs have nodes");
    for (Tenant& tenant : tenants_)
      for (const models::NodePool& pool : tenant.pools)
        tenant.on_nodes.emplace_back(pool.nodes(), pool.gpus_per_node());
  }
  if (scheduler_->looks_at_running()) jobs_.keep_priorities();
  if (scheduler_->counts_usage())
    for (Tenant& tenant : tenants_) tenant.usage.emplace(setup.usage_half_life_s, setup.shares);
  if (setup.prices) prices_.emplace(*setup.prices);
  site_.join(*this, loads_);
  more_jobs_ = source_.next(next_job_);
  schedule_next_arrival();
}

void Fleet::on_event(std::uint64_t argument) {
  site_.advance();
  switch (static_cast<Occasion>(argument)) {
    case ends:
      return take_ends();
    case arrivals:
      return take_arrivals();
    case asked_for:
      return decide_again();
    case leaves:
      return take_leaves();
    case decisions:
      return decide();
  }
}

void Fleet::schedule_next_arrival() {
  if (!more_jobs_) return;
  models::expects(next_job_.submit_s >= kernel_.now_s(), "jobs come in order of submission");
  kernel_.schedule(
      {.time_s = next_job_.submit_s, .phase = Phase::arrivals, .id = id_, .handler = this, .argument = arrivals});
}

void Fleet::take_arrivals() {
  while (more_jobs_ && next_job_.submit_s <= kernel_.now_s()) {
    const std::uint32_t slot = add(next_job_);
    if (next_job_.leaves_s < std::numeric_limits<double>::infinity())
      leaves_.push({.date_s = next_job_.leaves_s, .index = next_job_.index, .slot = slot});
    wait_for_start(slot);
    more_jobs_ = source_.next(next_job_);
  }
  schedule_next_arrival();
  schedule_next_leave();
}

std::uint32_t Fleet::add(const Job& job) {
  if (!job.sizes.empty() || speeds_.size() > 1 || speeds_.front() != 1.0) return jobs_.add(job, sizes_of(job));
  models::expects(placement_->could_ever_fit(tenants_[job.tenant].pools.front(), job.gpus),
                  "a job fits into its tenant's nodes");
  return jobs_.add(job);
}

std::vector<models::JobSize> Fleet::sizes_of(const Job& job) const {
  const std::vector<models::NodePool>& pools = tenants_[job.tenant].pools;
  std::vector<models::JobSize> sizes;
  if (!job.sizes.empty()) {
    sizes.assign(job.sizes.begin(), job.sizes.end());
  } else {
    for (std::uint32_t pool = 0; pool < pools.size(); ++pool)
      sizes.push_back(
          {.gpus = job.gpus, .duration_s = job.duration_s / speeds_[pool], .pool = pool, .intensity = job.intensity});
  }
  std::erase_if(sizes, [&](const models::JobSize& size) {
    models::expects(size.pool < pools.size(), "the sizes of a job are of generations that there are");
    return !placement_->could_ever_fit(pools[size.pool], size.gpus);
  });
  models::expects(!sizes.empty(), "a job fits into its tenant's nodes");
  return sizes;
}

void Fleet::wait_for_start(std::uint32_t slot) {
  const models::WaitingJob waiting = jobs_.waiting(slot);
  const Job& job = jobs_.job(slot);
  Tenant& tenant = tenants_[job.tenant];
  const auto position = tenant.queue.insert(scheduler_->rank(waiting), waiting);
  if (job.leaves_s < std::numeric_limits<double>::infinity()) leaves_from_queue_[slot] = position;
  ++loads_.front().waiting_jobs;
  request_decision(tenant);
}

void Fleet::request_decision(Tenant& tenant) {
  if (!tenant.changed) {
    tenant.changed = true;
    changed_tenants_.push_back(static_cast<std::uint32_t>(&tenant - tenants_.data()));
  }
  if (decision_requested_) return;
  decision_requested_ = true;
  kernel_.schedule(
      {.time_s = kernel_.now_s(), .phase = Phase::decisions, .id = id_, .handler = this, .argument = decisions});
}

void Fleet::power_changed() {
  for (Tenant& tenant : tenants_)
    if (!tenant.queue.empty()) request_decision(tenant);
}

void Fleet::decide() {
  decision_requested_ = false;
  // What power allows goes to tenants in their order, not in that of their last change.
  if (changed_tenants_.size() > 1) std::ranges::sort(changed_tenants_);
  for (const std::uint32_t index : changed_tenants_) {
    Tenant& tenant = tenants_[index];
    tenant.changed = false;
    if (tenant.queue.empty()) continue;
    starts_.clear();
    models::DecisionRound::Beside beside{.plan = tenant.plan ? &*tenant.plan : nullptr,
                                         .usage = tenant.usage ? &*tenant.usage : nullptr,
                                         .prices = prices_ ? &*prices_ : nullptr};
    if (scheduler_->looks_at_running()) {
      beside.find_running = [this, index] { return running_of(index); };
      beside.lowest_priority = jobs_.lowest_priority();
    }
    models::DecisionRound round(kernel_.now_s(), tenant.queue, tenant.pools, *placement_,
                                loads_.size() == 1 ? site_.headroom(loads_.front()) : headroom_of_all(), starts_,
                                std::move(beside));
    scheduler_->decide(round);
    ask_again(tenant, round.ask_again_s());
    for (const std::uint32_t job : round.preempted()) {
      const JobsAtWork::Left left = jobs_.interrupt(job, JobsAtWork::Loss::nothing, kernel_.now_s());
      note_left(tenant, job, left.allocation);
    }
    for (models::Start& start : starts_) start_job(tenant, start);
    // Only now do those that made room wait: they join the next round of this date.
    preempted_.insert(preempted_.end(), round.preempted().begin(), round.preempted().end());
  }
  changed_tenants_.clear();
  for (const std::uint32_t job : preempted_) wait_for_start(job);
  preempted_.clear();
  site_.rebalance();
  settle();
}

void Fleet::start_job(Tenant& tenant, models::Start& start) {
  const models::WaitingJob waiting = start.position->job;
  const models::JobSize size = waiting.size(start.choice);
  tenant.queue.erase(start.position);
  if (!leaves_from_queue_.empty()) leaves_from_queue_.erase(waiting.job);
  --loads_.front().waiting_jobs;
  if (tenant.usage)
    tenant.usage->started(waiting.job,
                          {.owner = waiting.owner, .gpus = size.gpus, .until_s = kernel_.now_s() + size.duration_s},
                          kernel_.now_s());
  if (!tenant.on_nodes.empty()) tenant.on_nodes[start.allocation.pool].add(waiting.job, start.allocation);
  jobs_.start(waiting.job, std::move(start.allocation), start.choice, kernel_.now_s());
}

void Fleet::note_left(Tenant& tenant, std::uint32_t job, const models::Allocation& held) {
  if (!tenant.on_nodes.empty()) tenant.on_nodes[held.pool].remove(job, held);
  if (tenant.plan) tenant.plan->job_left(job, kernel_.now_s());
  if (tenant.usage) tenant.usage->left(job, kernel_.now_s());
}

void Fleet::ask_again(Tenant& tenant, double date_s) {
  // A date before the one that stands comes first; the other then finds that nobody waits for it.
  if (date_s == std::numeric_limits<double>::infinity() || date_s >= tenant.asks_again_s) return;
  tenant.asks_again_s = date_s;
  kernel_.schedule({.time_s = date_s, .phase = Phase::arrivals, .id = id_, .handler = this, .argument = asked_for});
}

void Fleet::decide_again() {
  for (Tenant& tenant : tenants_) {
    if (tenant.asks_again_s > kernel_.now_s()) continue;
    tenant.asks_again_s = std::numeric_limits<double>::infinity();
    if (!tenant.queue.empty()) request_decision(tenant);
  }
}

models::PowerHeadroom Fleet::headroom_of_all() {
  models::PowerHeadroom headroom = site_.headroom(loads_.front());
  per_gpu_w_of_others_.clear();
  for (std::size_t pool = 1; pool < loads_.size(); ++pool)
    per_gpu_w_of_others_.push_back(site_.per_gpu_w(loads_[pool]));
  headroom.per_gpu_w_of_others = per_gpu_w_of_others_;
  return headroom;
}

std::vector<models::RunningJob> Fleet::running_of(std::uint32_t tenant) const {
  std::vector<models::RunningJob> running = jobs_.running(kernel_.now_s());
  if (tenants_.size() > 1) std::erase_if(running, [&](const models::RunningJob& job) { return job.tenant != tenant; });
  return running;
}

void Fleet::watch_work(WorkWatcher& watcher) {
  watcher_ = &watcher;
  jobs_.watch(watcher);
}

void Fleet::set_rate(std::uint32_t slot, double rate) {
  jobs_.set_rate(slot, rate, kernel_.now_s());
  schedule_next_end();
}

void Fleet::set_intensity(std::uint32_t slot, double intensity) {
  site_.advance();
  jobs_.set_intensity(slot, intensity, kernel_.now_s());
  site_.power_changed();
}

void Fleet::settle() {
  if (watcher_ != nullptr) watcher_->settle(*this);
  schedule_next_end();
}

void Fleet::schedule_next_end() {
  const double next_s = jobs_.next_end_s(kernel_.now_s());
  if (next_s == end_event_s_) return;
  if (end_event_s_ >= 0.0) kernel_.cancel(end_ticket_);
  end_event_s_ = -1.0;
  if (next_s == std::numeric_limits<double>::infinity()) return;
  end_ticket_ =
      kernel_.schedule({.time_s = next_s, .phase = Phase::ends, .id = id_, .handler = this, .argument = ends});
  end_event_s_ = next_s;
}

void Fleet::take_ends() {
  end_event_s_ = -1.0;
  const double now_s = kernel_.now_s();
  const double done_s = jobs_.work_due_s(now_s);
  while (const auto ended = jobs_.take_ended(done_s, now_s)) {
    observer_.job_left(ended->outcome, JobState::finished);
    Tenant& tenant = tenants_[ended->outcome.job.tenant];
    tenant.pools[ended->allocation.pool].give_back(ended->allocation);
    note_left(tenant, ended->slot, ended->allocation);
    if (!tenant.queue.empty()) request_decision(tenant);
  }
  site_.power_changed();
  settle();
  if (done()) observer_.all_done();
}

void Fleet::schedule_next_leave() {
  if (leaves_.empty() || leaves_.top().date_s >= leave_event_s_) return;
  leave_event_s_ = leaves_.top().date_s;
  kernel_.schedule({.time_s = leave_event_s_, .phase = Phase::ends, .id = id_, .handler = this, .argument = leaves});
}

void Fleet::take_leaves() {
  leave_event_s_ = std::numeric_limits<double>::infinity();
  const double now_s = kernel_.now_s();
  while (!leaves_.empty() && leaves_.top().date_s <= now_s) {
    const auto [date_s, index, slot] = leaves_.top();
    leaves_.pop();
    if (!jobs_.holds(slot, index)) continue;
    Tenant& tenant = tenants_[jobs_.job(slot).tenant];
    const auto waits = leaves_from_queue_.find(slot);
    if (waits != leaves_from_queue_.end()) {
      tenant.queue.erase(waits->second);
      leaves_from_queue_.erase(waits);
      --loads_.front().waiting_jobs;
    }
    const auto gone = jobs_.withdraw(slot, now_s);
    note_left(tenant, slot, gone.allocation);
    if (gone.allocation.gpus > 0) tenant.pools[gone.allocation.pool].give_back(gone.allocation);
    observer_.job_left(gone.outcome, JobState::left);
    if (!tenant.queue.empty()) request_decision(tenant);
  }
  site_.power_changed();
  schedule_next_leave();
  settle();
  if (done()) observer_.all_done();
}

void Fleet::begin_counting() {
  site_.advance();
  jobs_.begin_counting(kernel_.now_s());
}

double Fleet::suspend(double excess_w) {
  const double shed_w = jobs_.suspend(excess_w, kernel_.now_s());
  settle();
  return shed_w;
}

double Fleet::resume(double available_w) {
  const double taken_w = jobs_.resume(available_w, kernel_.now_s());
  if (taken_w > 0.0) settle();
  return taken_w;
}

}  // namespace chokepoint::sim
