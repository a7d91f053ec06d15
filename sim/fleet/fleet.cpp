#include "sim/fleet/fleet.hpp"

#include <algorithm>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

using State = models::PowerState;
enum Occasion : std::uint64_t { ends, arrivals, decisions };

std::int64_t gpus_of(const FleetSetup& setup) {
  std::int64_t nodes = 0;
  for (const TenantNodes& tenant : setup.tenants) nodes += tenant.nodes;
  return nodes * setup.power.gpus;
}

}  // namespace

Fleet::Fleet(Kernel& kernel, Site& site, const FleetSetup& setup, std::uint64_t id, JobSource& source,
             JobObserver& observer)
    : kernel_(kernel),
      site_(site),
      id_(id),
      source_(source),
      observer_(observer),
      load_(setup.power, gpus_of(setup)),
      scheduler_(models::make_scheduler(setup.scheduler)),
      placement_(models::make_placement(setup.placement)) {
  for (const TenantNodes& tenant : setup.tenants)
    tenants_.push_back({.pool = models::NodePool(tenant.nodes, setup.power.gpus)});
  site_.join(*this, load_);
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
    Tenant& tenant = tenants_[next_job_.tenant];
    models::expects(placement_->could_ever_fit(tenant.pool, next_job_.gpus), "a job fits into its tenant's nodes");
    const models::WaitingJob waiting{.job = new_slot(next_job_),
                                     .gpus = next_job_.gpus,
                                     .submit_s = next_job_.submit_s,
                                     .duration_s = next_job_.duration_s};
    tenant.queue.insert(scheduler_->rank(waiting), waiting);
    ++load_.waiting_jobs;
    request_decision(tenant);
    more_jobs_ = source_.next(next_job_);
  }
  schedule_next_arrival();
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
    models::DecisionRound round(kernel_.now_s(), tenant.queue, tenant.pool, *placement_, site_.headroom(load_),
                                starts_);
    scheduler_->decide(round);
    for (models::Start& start : starts_) start_job(tenant, start);
  }
  changed_tenants_.clear();
  site_.rebalance();
  schedule_next_end();
}

void Fleet::start_job(Tenant& tenant, models::Start& start) {
  const std::uint32_t slot = start.position->job.job;
  tenant.queue.erase(start.position);
  LiveJob& live = jobs_[slot];
  live.start_s = kernel_.now_s();
  live.allocation = std::move(start.allocation);
  --load_.waiting_jobs;
  ++load_.running_jobs;
  load_.move(State::idle, State::computing, live.job.gpus);
  begin_work(slot, live.job.duration_s);
}

void Fleet::begin_work(std::uint32_t slot, double work_s) {
  LiveJob& live = jobs_[slot];
  live.state = JobState::running;
  live.ends_at_work_s = load_.work_s(kernel_.now_s()) + work_s;
  live.slot_energy_mark_j = load_.computing_slot_energy_j(kernel_.now_s());
  running_.push({.ends_at_work_s = live.ends_at_work_s, .index = live.job.index, .slot = slot, .epoch = live.epoch});
}

double Fleet::drawn_since_mark_j(const LiveJob& live) const {
  const double now_s = kernel_.now_s();
  switch (live.state) {
    case JobState::running:
      return live.job.gpus * (load_.computing_slot_energy_j(now_s) - live.slot_energy_mark_j);
    case JobState::suspended:
      return live.job.gpus * load_.slot_w(State::allocated) * (now_s - live.suspended_since_s);
    default:
      return 0.0;
  }
}

void Fleet::schedule_next_end() {
  while (!running_.empty() && stale(running_.top())) running_.pop();
  const double next_s = running_.empty()
                            ? std::numeric_limits<double>::infinity()
                            : std::max(kernel_.now_s(), load_.time_of_work_s(running_.top().ends_at_work_s));
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
  if (running_.empty()) return;
  // The clock may stand a rounding error before the work of the job that this event was set for.
  const double done_s = std::max(load_.work_s(kernel_.now_s()), running_.top().ends_at_work_s);
  while (!running_.empty() && running_.top().ends_at_work_s <= done_s) {
    const RunningEntry entry = running_.top();
    running_.pop();
    if (!stale(entry)) end_job(entry.slot);
  }
  site_.power_changed();
  schedule_next_end();
  if (done()) observer_.all_done();
}

void Fleet::end_job(std::uint32_t slot) {
  LiveJob& live = jobs_[slot];
  observer_.job_left(outcome(live, kernel_.now_s()), JobState::finished);
  Tenant& tenant = tenants_[live.job.tenant];
  tenant.pool.give_back(live.allocation);
  load_.move(State::computing, State::idle, live.job.gpus);
  --load_.running_jobs;
  ++live.epoch;
  free_slots_.push_back(slot);
  if (!tenant.queue.empty()) request_decision(tenant);
}

double Fleet::resumed_power_w(const LiveJob& live) const {
  return live.job.gpus * (load_.slot_w(State::computing) - load_.slot_w(State::allocated));
}

double Fleet::suspend(double excess_w) {
  std::vector<std::uint32_t> latest_first;
  for (const RunningEntry& entry : running_.entries())
    if (!stale(entry)) latest_first.push_back(entry.slot);
  std::ranges::sort(latest_first, [this](std::uint32_t a, std::uint32_t b) {
    const LiveJob& left = jobs_[a];
    const LiveJob& right = jobs_[b];
    return left.start_s > right.start_s || (left.start_s == right.start_s && left.job.index > right.job.index);
  });
  double shed_w = 0.0;
  for (const std::uint32_t slot : latest_first) {
    if (shed_w >= excess_w) break;
    LiveJob& live = jobs_[slot];
    shed_w += resumed_power_w(live);
    live.energy_j += drawn_since_mark_j(live);
    live.remaining_work_s = std::max(0.0, live.ends_at_work_s - load_.work_s(kernel_.now_s()));
    live.state = JobState::suspended;
    live.suspended_since_s = kernel_.now_s();
    ++live.epoch;
    load_.move(State::computing, State::allocated, live.job.gpus);
    suspended_.push_back(slot);
  }
  schedule_next_end();
  return shed_w;
}

double Fleet::resume(double available_w) {
  double taken_w = 0.0;
  // The one suspended last started first.
  while (!suspended_.empty()) {
    const std::uint32_t slot = suspended_.back();
    LiveJob& live = jobs_[slot];
    const double power_w = resumed_power_w(live);
    if (taken_w + power_w > available_w) break;
    taken_w += power_w;
    live.energy_j += drawn_since_mark_j(live);
    load_.move(State::allocated, State::computing, live.job.gpus);
    begin_work(slot, live.remaining_work_s);
    suspended_.pop_back();
  }
  if (taken_w > 0.0) schedule_next_end();
  return taken_w;
}

void Fleet::report_unfinished() {
  std::vector<const LiveJob*> left;
  std::vector<bool> is_free(jobs_.size(), false);
  for (const std::uint32_t slot : free_slots_) is_free[slot] = true;
  for (std::size_t slot = 0; slot < jobs_.size(); ++slot)
    if (!is_free[slot]) left.push_back(&jobs_[slot]);
  std::ranges::sort(left, {}, [](const LiveJob* live) { return live->job.index; });
  for (const LiveJob* live : left) observer_.job_left(outcome(*live, -1.0), live->state);
}

JobOutcome Fleet::outcome(const LiveJob& live, double end_s) const {
  const auto per_node = tenants_[live.job.tenant].pool.gpus_per_node();
  return {.job = live.job,
          .start_s = live.start_s,
          .end_s = end_s,
          .nodes = static_cast<std::uint32_t>((live.job.gpus + per_node - 1) / per_node),
          .energy_j = live.energy_j + drawn_since_mark_j(live)};
}

std::uint32_t Fleet::new_slot(const Job& job) {
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(jobs_.size());
    jobs_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  const std::uint32_t epoch = jobs_[slot].epoch;
  jobs_[slot] = LiveJob{.job = job};
  jobs_[slot].epoch = epoch;
  return slot;
}

bool Fleet::stale(const RunningEntry& entry) const {
  return jobs_[entry.slot].epoch != entry.epoch;
}

}  // namespace chokepoint::sim
