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
  const Capped pace = capped(job.intensity, 0);
  if (free_slots_.empty()) {
    jobs_.push_back({.job = job, .cap_rate = pace.rate, .excess = pace.excess});
    return static_cast<std::uint32_t>(jobs_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  jobs_[slot] = {.job = job, .cap_rate = pace.rate, .excess = pace.excess, .epoch = jobs_[slot].epoch};
  return slot;
}

std::uint32_t JobsAtWork::add(const Job& job, std::vector<models::JobSize> sizes) {
  const std::uint32_t slot = add(job);
  jobs_[slot].chooses = true;
  choices_[slot] = {.sizes = std::move(sizes), .attempts = {}};
  return slot;
}

JobsAtWork::Capped JobsAtWork::capped_at(double most, double intensity) const {
  return {.rate = power_cap_.speed(most / intensity), .excess = FleetLoad::excess_parts(most)};
}

models::WaitingJob JobsAtWork::waiting(std::uint32_t slot) {
  const LiveJob& live = jobs_[slot];
  models::WaitingJob waiting{.job = slot,
                             .gpus = live.job.gpus,
                             .submit_s = live.job.submit_s,
                             .priority = live.job.priority,
                             .intensity = intensity(slot),
                             .owner = live.job.owner};
  if (!live.chooses) {
    waiting.duration_s = expected_s(live.job, attempt_s(live, 1.0), 1.0) / live.cap_rate;
    return waiting;
  }
  Choices& choices = choices_.at(slot);
  choices.attempts = choices.sizes;
  for (models::JobSize& size : choices.attempts) {
    const Capped pace = capped(size.intensity, size.pool);
    const double stretched = stretch(live.job, size);
    size.duration_s = expected_s(live.job, attempt_s(live, stretched), stretched) / pace.rate;
    size.intensity = FleetLoad::intensity_of(pace.excess);
  }
  const models::JobSize& wanted = choices.attempts.front();
  waiting.gpus = wanted.gpus;
  waiting.duration_s = wanted.duration_s;
  waiting.intensity = wanted.intensity;
  waiting.sizes = choices.attempts;
  return waiting;
}

double JobsAtWork::stretch(const Job& job, const models::JobSize& size) {
  return job.duration_s > 0.0 ? size.duration_s / job.duration_s : 1.0;
}

void JobsAtWork::start(std::uint32_t slot, models::Allocation allocation, std::size_t choice, double now_s) {
  LiveJob& live = jobs_[slot];
  if (live.chooses) {
    const models::JobSize& size = choices_.at(slot).sizes[choice];
    live.stretch = stretch(live.job, size);
    const Capped pace = capped(size.intensity, size.pool);
    live.cap_rate = pace.rate;
    live.excess = pace.excess;
  }
  live.start_s = now_s;
  live.gpus = allocation.gpus;
  live.pool = allocation.pool;
  live.allocation = std::move(allocation);
  ++load_of(live).running_jobs;
  now_holds(live.job);
  load_of(live).move(State::idle, State::computing, live.gpus);
  begin_work(slot, attempt_s(live, live.stretch), now_s);
}

JobsAtWork::Past JobsAtWork::past(const LiveJob& live) const {
  if (live.interrupted) return pasts_.at(static_cast<std::uint32_t>(&live - jobs_.data()));
  return {.first_start_s = live.start_s, .remaining_s = live.job.duration_s};
}

double JobsAtWork::attempt_s(const LiveJob& live, double stretch) const {
  const models::CheckpointRule checkpoints = interruptions_.rule(live.job);
  if (!live.interrupted) return checkpoints.attempt_s(live.job.duration_s * stretch);
  const Past& before = pasts_.at(static_cast<std::uint32_t>(&live - jobs_.data()));
  return before.restart_due_s + checkpoints.attempt_s(before.remaining_s * stretch);
}

double JobsAtWork::work_left_s(const LiveJob& live, double now_s) const {
  if (live.state == JobState::suspended || live.rate() == 0.0) return live.remaining_work_s;
  return std::max(0.0, live.ends_at_work_s - clock_s(now_s)) * live.rate();
}

double JobsAtWork::as_wanted_s(const LiveJob& live, double work_s) const {
  if (!live.chooses) return work_s / live.cap_rate;
  const models::JobSize& wanted = choices_.at(static_cast<std::uint32_t>(&live - jobs_.data())).sizes.front();
  return work_s * stretch(live.job, wanted) / live.stretch / capped(wanted.intensity, wanted.pool).rate;
}

JobsAtWork::Past JobsAtWork::past_at(const LiveJob& live, Loss loss, double now_s) const {
  Past after = past(live);
  if (live.state == JobState::waiting) return after;
  const double attempt_work_s = attempt_s(live, live.stretch);
  const double spent_s = std::max(0.0, attempt_work_s - work_left_s(live, now_s));
  const double restarting_s = std::min(spent_s, after.restart_due_s);
  const models::CheckpointRule::Progress progress = interruptions_.rule(live.job).progress_at(spent_s - restarting_s);
  const double done_s = std::min(progress.done_s, after.remaining_s * live.stretch);
  const double kept_s = loss == Loss::nothing ? done_s : std::min(progress.saved_s, done_s);
  after.remaining_s = std::max(0.0, after.remaining_s - kept_s / live.stretch);
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
    load_of(live).move(State::allocated, State::idle, live.gpus);
    std::erase(suspended_, slot);
  } else {
    leave_stale(live);
    stop_work(slot, State::idle);
  }
  --load_of(live).running_jobs;
  holds_no_more(live.job);
  const Capped pace = capped(live.job.intensity, 0);
  live.own_rate = 1.0;
  live.cap_rate = pace.rate;
  live.excess = pace.excess;
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
    jobs.push_back(
        {.job = slot,
         .index = live.job.index,
         .gpus = live.gpus,
         .tenant = live.job.tenant,
         .priority = live.job.priority,
         .start_s = live.start_s,
         .remaining_s = live.rate() > 0.0 ? expected_s(live.job, left_s, live.stretch) / live.rate() : infinity,
         .work_left_s = as_wanted_s(live, expected_s(live.job, left_s, live.stretch)),
         .allocation = &live.allocation,
         .intensity = intensity(slot)});
  };
  for (const Entry& entry : running_.entries())
    if (!stale(entry)) add(entry.slot);
  for (const std::uint32_t slot : suspended_) add(slot);
  return jobs;
}

void JobsAtWork::begin_work(std::uint32_t slot, double work_s, double now_s) {
  LiveJob& live = jobs_[slot];
  live.state = JobState::running;
  load_of(live).add_excess(live.gpus * live.excess);
  mark_energy(live, now_s);
  aim_at_end(slot, work_s, now_s);
  if (watcher_ != nullptr) watcher_->work_began(slot, live.job, live.allocation);
}

void JobsAtWork::stop_work(std::uint32_t slot, State to) {
  const LiveJob& live = jobs_[slot];
  load_of(live).move(State::computing, to, live.gpus);
  load_of(live).add_excess(-live.gpus * live.excess);
  if (watcher_ != nullptr) watcher_->work_stopped(slot);
}

void JobsAtWork::mark_energy(LiveJob& live, double now_s) const {
  live.slot_energy_mark_j = load_of(live).computing_slot_energy_j(now_s);
  live.since_s = now_s;
}

void JobsAtWork::aim_at_end(std::uint32_t slot, double work_s, double now_s) {
  LiveJob& live = jobs_[slot];
  live.remaining_work_s = work_s;
  live.ends_at_work_s = live.rate() > 0.0 ? clock_s(now_s) + work_s / live.rate() : infinity;
  running_.push({.ends_at_work_s = live.ends_at_work_s, .index = live.job.index, .slot = slot, .epoch = live.epoch});
}

void JobsAtWork::set_rate(std::uint32_t slot, double rate, double now_s) {
  LiveJob& live = jobs_[slot];
  models::expects(live.state != JobState::waiting && !live.left, "a job whose rate is set holds GPUs");
  models::expects(rate >= 0.0 && rate < infinity, "a rate is finite and not negative");
  if (rate == live.own_rate) return;
  const double left_s = work_left_s(live, now_s);
  live.own_rate = rate;
  go_on(slot, left_s, now_s);
}

void JobsAtWork::set_intensity(std::uint32_t slot, double intensity, double now_s) {
  LiveJob& live = jobs_[slot];
  models::expects(live.state != JobState::waiting && !live.left, "a job whose intensity is set holds GPUs");
  const Capped pace = capped(intensity, live.pool);
  if (live.state == JobState::running) {
    live.energy_j += drawn_since_mark_j(live, now_s);
    mark_energy(live, now_s);
    load_of(live).add_excess(live.gpus * (pace.excess - live.excess));
  }
  live.excess = pace.excess;
  if (pace.rate == live.cap_rate) return;
  const double left_s = work_left_s(live, now_s);
  live.cap_rate = pace.rate;
  go_on(slot, left_s, now_s);
}

void JobsAtWork::go_on(std::uint32_t slot, double work_s, double now_s) {
  if (jobs_[slot].state == JobState::suspended) return;
  leave_stale(jobs_[slot]);
  aim_at_end(slot, work_s, now_s);
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
  return std::max(now_s, loads_.front().time_of_work_s(running_.top().ends_at_work_s));
}

double JobsAtWork::work_due_s(double now_s) {
  drop_stale_head();
  const double done_s = clock_s(now_s);
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
  --load_of(live).running_jobs;
  holds_no_more(live.job);
  live.left = true;
  if (live.interrupted) pasts_.erase(slot);
  if (live.chooses) choices_.erase(slot);
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
  if (live.chooses) choices_.erase(slot);
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
  const FleetLoad& load = load_of(live);
  const double elapsed_s = now_s - live.since_s;
  switch (live.state) {
    case JobState::running: {
      const double slot_j = load.computing_slot_energy_j(now_s) - live.slot_energy_mark_j;
      if (live.excess == 0) return live.gpus * slot_j;
      const double dynamic_j = slot_j - load.slot_w(State::idle) * elapsed_s;
      return live.gpus * (slot_j + excess_share(live) * dynamic_j);
    }
    case JobState::suspended:
      return live.gpus * load.slot_w(State::allocated) * elapsed_s;
    default:
      return 0.0;
  }
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
  const std::int32_t gpus = live.gpus > 0 ? live.gpus : live.job.gpus;
  const std::int32_t gpus_per_node = load_of(live).gpus_per_server();
  JobOutcome result{.job = live.job,
                    .start_s = live.start_s,
                    .end_s = end_s,
                    .gpus = gpus,
                    .nodes = static_cast<std::uint32_t>((gpus + gpus_per_node - 1) / gpus_per_node),
                    .generation = live.pool,
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
