#include "sim/fleet/jobs_at_work.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// So many stale entries are nothing.
constexpr std::size_t few_entries = 64;

}  // namespace

std::uint32_t JobsAtWork::add(const Job& job) {
  if (free_slots_.empty()) {
    jobs_.push_back({.job = job, .excess = FleetLoad::excess_parts(job.intensity)});
    return static_cast<std::uint32_t>(jobs_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  jobs_[slot] = {.job = job, .excess = FleetLoad::excess_parts(job.intensity), .epoch = jobs_[slot].epoch};
  return slot;
}

void JobsAtWork::start(std::uint32_t slot, models::Allocation allocation, double now_s) {
  LiveJob& live = jobs_[slot];
  live.start_s = now_s;
  live.allocation = std::move(allocation);
  ++load_.running_jobs;
  load_.move(State::idle, State::computing, live.job.gpus);
  begin_work(slot, attempt_s(slot), now_s);
}

JobsAtWork::Past JobsAtWork::past(const LiveJob& live) const {
  if (live.interrupted) return pasts_.at(static_cast<std::uint32_t>(&live - jobs_.data()));
  return {.first_start_s = live.start_s, .remaining_s = live.job.duration_s};
}

double JobsAtWork::attempt_s(std::uint32_t slot) const {
  const LiveJob& live = jobs_[slot];
  if (!live.interrupted) return interruptions_.rule(live.job).attempt_s(live.job.duration_s);
  const Past& before = pasts_.at(slot);
  return before.restart_due_s + interruptions_.rule(live.job).attempt_s(before.remaining_s);
}

double JobsAtWork::work_left_s(const LiveJob& live, double now_s) const {
  if (live.state == JobState::suspended || live.rate == 0.0) return live.remaining_work_s;
  return std::max(0.0, live.ends_at_work_s - load_.work_s(now_s)) * live.rate;
}

JobsAtWork::Past JobsAtWork::past_at(const LiveJob& live, Loss loss, double now_s) const {
  Past after = past(live);
  if (live.state == JobState::waiting) return after;
  const double attempt_work_s = attempt_s(static_cast<std::uint32_t>(&live - jobs_.data()));
  const double spent_s = std::max(0.0, attempt_work_s - work_left_s(live, now_s));
  const double restarting_s = std::min(spent_s, after.restart_due_s);
  const models::CheckpointRule::Progress progress = interruptions_.rule(live.job).progress_at(spent_s - restarting_s);
  const double done_s = std::min(progress.done_s, after.remaining_s);
  const double kept_s = loss == Loss::nothing ? done_s : std::min(progress.saved_s, done_s);
  after.remaining_s -= kept_s;
  after.lost_s += done_s - kept_s;
  after.restart_s += restarting_s;
  after.checkpoint_s += progress.writing_s;
  return after;
}

JobsAtWork::Left JobsAtWork::interrupt(std::uint32_t slot, Loss loss, double now_s) {
  LiveJob& live = jobs_[slot];
  models::expects(live.state != JobState::waiting && !live.left, "a job that is interrupted holds GPUs");
  const double lost_before_s = past(live).lost_s;
  Past after = past_at(live, loss, now_s);
  after.restart_due_s =
      loss == Loss::nothing ? interruptions_.restart_s : interruptions_.restart_after_failure_s(live.job);
  ++after.interruptions;
  live.energy_j += drawn_since_mark_j(live, now_s);
  if (live.state == JobState::suspended) {
    load_.move(State::allocated, State::idle, live.job.gpus);
    std::erase(suspended_, slot);
  } else {
    leave_stale(live);
    stop_work(slot, State::idle);
  }
  --load_.running_jobs;
  live.rate = 1.0;
  live.excess = FleetLoad::excess_parts(live.job.intensity);
  live.state = JobState::waiting;
  live.interrupted = true;
  pasts_[slot] = after;
  return {.allocation = std::exchange(live.allocation, {}), .lost_work_s = after.lost_s - lost_before_s};
}

std::vector<models::RunningJob> JobsAtWork::running(double now_s) const {
  std::vector<models::RunningJob> jobs;
  const auto add = [&](std::uint32_t slot) {
    const LiveJob& live = jobs_[slot];
    const double left_s = work_left_s(live, now_s);
    jobs.push_back({.job = slot,
                    .gpus = live.job.gpus,
                    .tenant = live.job.tenant,
                    .priority = live.job.priority,
                    .start_s = live.start_s,
                    .remaining_s = live.rate > 0.0 ? expected_s(live.job, left_s) / live.rate : infinity,
                    .allocation = &live.allocation,
                    .intensity = intensity(slot)});
  };
  for (const Entry& entry : running_.entries())
    if (!stale(entry)) add(entry.slot);
  for (const std::uint32_t slot : suspended_) add(slot);
  std::ranges::sort(jobs, [this](const models::RunningJob& a, const models::RunningJob& b) {
    if (a.start_s != b.start_s) return a.start_s < b.start_s;
    return jobs_[a.job].job.index < jobs_[b.job].job.index;
  });
  return jobs;
}

void JobsAtWork::begin_work(std::uint32_t slot, double work_s, double now_s) {
  LiveJob& live = jobs_[slot];
  live.state = JobState::running;
  load_.add_excess(live.job.gpus * live.excess);
  mark_energy(live, now_s);
  aim_at_end(slot, work_s, now_s);
  if (watcher_ != nullptr) watcher_->work_began(slot, live.job, live.allocation);
}

void JobsAtWork::stop_work(std::uint32_t slot, State to) {
  const LiveJob& live = jobs_[slot];
  load_.move(State::computing, to, live.job.gpus);
  load_.add_excess(-live.job.gpus * live.excess);
  if (watcher_ != nullptr) watcher_->work_stopped(slot);
}

void JobsAtWork::mark_energy(LiveJob& live, double now_s) const {
  live.slot_energy_mark_j = load_.computing_slot_energy_j(now_s);
  live.since_s = now_s;
}

void JobsAtWork::aim_at_end(std::uint32_t slot, double work_s, double now_s) {
  LiveJob& live = jobs_[slot];
  live.remaining_work_s = work_s;
  live.ends_at_work_s = live.rate > 0.0 ? load_.work_s(now_s) + work_s / live.rate : infinity;
  running_.push({.ends_at_work_s = live.ends_at_work_s, .index = live.job.index, .slot = slot, .epoch = live.epoch});
}

void JobsAtWork::set_rate(std::uint32_t slot, double rate, double now_s) {
  LiveJob& live = jobs_[slot];
  models::expects(live.state != JobState::waiting && !live.left, "a job whose rate is set holds GPUs");
  models::expects(rate >= 0.0 && rate < infinity, "a rate is finite and not negative");
  if (rate == live.rate) return;
  const double left_s = work_left_s(live, now_s);
  live.rate = rate;
  if (live.state == JobState::suspended) return;
  leave_stale(live);
  aim_at_end(slot, left_s, now_s);
}

void JobsAtWork::set_intensity(std::uint32_t slot, double intensity, double now_s) {
  LiveJob& live = jobs_[slot];
  models::expects(live.state != JobState::waiting && !live.left, "a job whose intensity is set holds GPUs");
  const std::int64_t excess = FleetLoad::excess_parts(intensity);
  if (live.state == JobState::running) {
    live.energy_j += drawn_since_mark_j(live, now_s);
    mark_energy(live, now_s);
    load_.add_excess(live.job.gpus * (excess - live.excess));
  }
  live.excess = excess;
}

void JobsAtWork::leave_stale(LiveJob& live) {
  ++live.epoch;
  // Where rates change often, the heap would fill with entries of the past.
  if (++stale_entries_ <= few_entries + running_.size() / 2) return;
  running_.erase_if([this](const Entry& entry) { return stale(entry); });
  stale_entries_ = 0;
}

void JobsAtWork::drop_stale_head() {
  for (; !running_.empty() && stale(running_.top()); --stale_entries_) running_.pop();
}

double JobsAtWork::next_end_s(double now_s) {
  drop_stale_head();
  if (running_.empty()) return infinity;
  return std::max(now_s, load_.time_of_work_s(running_.top().ends_at_work_s));
}

double JobsAtWork::work_due_s(double now_s) {
  drop_stale_head();
  const double done_s = load_.work_s(now_s);
  const bool none_ends = running_.empty() || running_.top().ends_at_work_s == infinity;
  return none_ends ? done_s : std::max(done_s, running_.top().ends_at_work_s);
}

std::optional<JobsAtWork::Ended> JobsAtWork::take_ended(double done_s, double now_s) {
  drop_stale_head();
  if (running_.empty() || running_.top().ends_at_work_s > done_s) return std::nullopt;
  const std::uint32_t slot = running_.top().slot;
  running_.pop();
  LiveJob& live = jobs_[slot];
  Ended ended{.slot = slot, .outcome = outcome(live, now_s, now_s), .allocation = std::move(live.allocation)};
  stop_work(slot, State::idle);
  --load_.running_jobs;
  live.left = true;
  if (live.interrupted) pasts_.erase(slot);
  ++live.epoch;
  free_slots_.push_back(slot);
  return ended;
}

JobsAtWork::Ended JobsAtWork::withdraw(std::uint32_t slot, double now_s) {
  models::expects(!jobs_[slot].left, "a job that leaves is there");
  Ended gone{.slot = slot, .outcome = unfinished_outcome(jobs_[slot], now_s, now_s), .allocation = {}};
  if (jobs_[slot].state != JobState::waiting) gone.allocation = interrupt(slot, Loss::nothing, now_s).allocation;
  LiveJob& live = jobs_[slot];
  live.left = true;
  if (live.interrupted) pasts_.erase(slot);
  free_slots_.push_back(slot);
  return gone;
}

void JobsAtWork::begin_counting(double now_s) {
  for (LiveJob& live : jobs_) {
    if (live.left) continue;
    live.energy_j = 0.0;
    mark_energy(live, now_s);
  }
}

double JobsAtWork::drawn_since_mark_j(const LiveJob& live, double now_s) const {
  const double elapsed_s = now_s - live.since_s;
  switch (live.state) {
    case JobState::running: {
      const double slot_j = load_.computing_slot_energy_j(now_s) - live.slot_energy_mark_j;
      if (live.excess == 0) return live.job.gpus * slot_j;
      const double dynamic_j = slot_j - load_.slot_w(State::idle) * elapsed_s;
      return live.job.gpus * (slot_j + excess_share(live) * dynamic_j);
    }
    case JobState::suspended:
      return live.job.gpus * load_.slot_w(State::allocated) * elapsed_s;
    default:
      return 0.0;
  }
}

double JobsAtWork::resumed_power_w(const LiveJob& live) const {
  return live.job.gpus *
         (load_.slot_w(State::computing) + excess_share(live) * load_.dynamic_w() - load_.slot_w(State::allocated));
}

std::vector<std::uint32_t> JobsAtWork::running_latest_first() const {
  std::vector<std::uint32_t> slots;
  for (const Entry& entry : running_.entries())
    if (!stale(entry)) slots.push_back(entry.slot);
  std::ranges::sort(slots, [this](std::uint32_t a, std::uint32_t b) {
    const LiveJob& left = jobs_[a];
    const LiveJob& right = jobs_[b];
    return left.start_s > right.start_s || (left.start_s == right.start_s && left.job.index > right.job.index);
  });
  return slots;
}

double JobsAtWork::suspend(double excess_w, double now_s) {
  double shed_w = 0.0;
  for (const std::uint32_t slot : running_latest_first()) {
    if (shed_w >= excess_w) break;
    LiveJob& live = jobs_[slot];
    const double power_w = resumed_power_w(live);
    if (power_w < 0.0) continue;
    shed_w += power_w;
    live.energy_j += drawn_since_mark_j(live, now_s);
    live.remaining_work_s = work_left_s(live, now_s);
    live.state = JobState::suspended;
    live.since_s = now_s;
    leave_stale(live);
    stop_work(slot, State::allocated);
    suspended_.push_back(slot);
  }
  return shed_w;
}

double JobsAtWork::resume(double available_w, double now_s) {
  double taken_w = 0.0;
  while (!suspended_.empty()) {
    const std::uint32_t slot = suspended_.back();
    LiveJob& live = jobs_[slot];
    const double power_w = resumed_power_w(live);
    if (taken_w + power_w > available_w) break;
    taken_w += power_w;
    live.energy_j += drawn_since_mark_j(live, now_s);
    load_.move(State::allocated, State::computing, live.job.gpus);
    begin_work(slot, live.remaining_work_s, now_s);
    suspended_.pop_back();
  }
  return taken_w;
}

void JobsAtWork::report_unfinished(JobObserver& observer, double now_s) const {
  std::vector<const LiveJob*> unfinished;
  for (const LiveJob& live : jobs_)
    if (!live.left) unfinished.push_back(&live);
  std::ranges::sort(unfinished, {}, [](const LiveJob* live) { return live->job.index; });
  for (const LiveJob* live : unfinished) observer.job_left(unfinished_outcome(*live, -1.0, now_s), live->state);
}

JobOutcome JobsAtWork::unfinished_outcome(const LiveJob& live, double end_s, double now_s) const {
  JobOutcome result = outcome(live, end_s, now_s);
  result.remaining_s = past_at(live, Loss::nothing, now_s).remaining_s;
  return result;
}

JobOutcome JobsAtWork::outcome(const LiveJob& live, double end_s, double now_s) const {
  JobOutcome result{.job = live.job,
                    .start_s = live.start_s,
                    .end_s = end_s,
                    .nodes = static_cast<std::uint32_t>((live.job.gpus + gpus_per_node_ - 1) / gpus_per_node_),
                    .energy_j = live.energy_j + drawn_since_mark_j(live, now_s),
                    .told_s = now_s};
  if (live.interrupted || interruptions_.writes()) {
    const Past behind = past_at(live, Loss::nothing, now_s);
    result.start_s = behind.first_start_s;
    result.interruptions = behind.interruptions;
    result.lost_work_s = behind.lost_s;
    result.restart_s = behind.restart_s;
    result.checkpoint_s = behind.checkpoint_s;
  }
  return result;
}

}  // namespace chokepoint::sim
