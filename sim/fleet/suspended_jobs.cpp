#include <algorithm>

#include "sim/fleet/jobs_at_work.hpp"

namespace chokepoint::sim {

double JobsAtWork::resumed_power_w(const LiveJob& live) const {
  const FleetLoad& load = load_of(live);
  return live.gpus *
         (load.slot_w(State::computing) + excess_share(live) * load.dynamic_w() - load.slot_w(State::allocated));
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
    load_of(live).move(State::allocated, State::computing, live.gpus);
    begin_work(slot, live.remaining_work_s, now_s);
    suspended_.pop_back();
  }
  return taken_w;
}

}  // namespace chokepoint::sim
