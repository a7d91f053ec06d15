#include "models/scheduling/conservative.hpp"

#include <algorithm>
#include <vector>

namespace chokepoint::models {
namespace {

using Position = WaitingQueue::Position;

constexpr double rounding_s = ReservationPlan::rounding_s;

/// One round over the plan.
class Planning {
 public:
  explicit Planning(DecisionRound& round) : round_(round), plan_(round.plan()), now_s_(round.now_s()) {}

  void decide() {
    if (plan_.stale() || plan_.overdue(now_s_)) plan_again();
    if (start_those_due() && (!plan_.loosened() || move_forward()) && plan_newcomers()) return ask_again();
  }

 private:
  void reserve(Position position, ReservationPlan::Slot slot) {
    plan_.enter(position->job.job, {.from_s = slot.from_s,
                                    .until_s = slot.from_s + position->job.duration_s,
                                    .allocation = std::move(slot.allocation),
                                    .waits_at = position});
  }

  [[nodiscard]] std::optional<ReservationPlan::Slot> earliest(const WaitingJob& job, double before_s) const {
    return plan_.earliest({.now_s = now_s_, .duration_s = job.duration_s, .gpus = job.gpus, .before_s = before_s},
                          round_.pool(), round_.placement());
  }

  /// False if the job lacks power. One that lacks GPUs waits for those that are about to leave.
  bool start(Position position) {
    const std::uint32_t job = position->job.job;
    if (round_.start_on(plan_.find(job)->allocation, position)) {
      plan_.started(job);
      return true;
    }
    return round_.has_power_for(position->job);
  }

  bool start_those_due() {
    std::vector<Position> due;
    for (const auto& [from_s, job] : plan_.begins()) {
      if (from_s > now_s_ + rounding_s) break;
      due.push_back(*plan_.find(job)->waits_at);
    }
    std::ranges::sort(due, [](Position a, Position b) { return WaitingQueue::Before{}(*a, *b); });
    return std::ranges::all_of(due, [this](Position position) { return start(position); });
  }

  /// Jobs that came since the last round stand last, but for those that were interrupted.
  bool plan_newcomers() {
    std::vector<Position> newcomers;
    const std::size_t waiting = round_.queue().size() - round_.started().size();
    for (auto position = round_.queue().end();
         position != round_.queue().begin() && plan_.reservations() + newcomers.size() < waiting;) {
      --position;
      if (plan_.find(position->job.job) == nullptr) newcomers.push_back(position);
    }
    for (auto position = newcomers.rbegin(); position != newcomers.rend(); ++position) {
      auto slot = earliest((*position)->job, std::numeric_limits<double>::infinity());
      if (!slot) continue;
      const bool now = slot->from_s <= now_s_ + rounding_s;
      reserve(*position, std::move(*slot));
      if (now && !start(*position)) return false;
    }
    return true;
  }

  /// Jobs have left before their time: reservations move to earlier dates, never to later ones.
  bool move_forward() {
    plan_.tightened();
    const WaitingQueue& queue = round_.queue();
    std::size_t seen = 0;
    // Where a job does not fit now, no larger one does that lasts as long.
    std::int32_t too_large = std::numeric_limits<std::int32_t>::max();
    double too_long_s = std::numeric_limits<double>::infinity();
    for (auto position = queue.begin(); position != queue.end(); ++position) {
      const WaitingJob& job = position->job;
      const ReservationPlan::Block* block = plan_.find(job.job);
      if (block == nullptr || !block->waits_at) continue;
      const bool anywhere = seen++ < ConservativeBackfill::moved_forward;
      if (!anywhere) {
        if (round_.pool().free_gpus() == 0) return true;
        if (job.gpus > round_.pool().free_gpus() || (job.gpus >= too_large && job.duration_s >= too_long_s)) continue;
      }
      const ReservationPlan::Block before = *block;
      plan_.remove(job.job);
      auto slot = earliest(job, anywhere ? before.from_s : std::min(before.from_s, now_s_ + rounding_s));
      if (!slot) {
        plan_.enter(job.job, before);
        if (!anywhere) too_large = job.gpus, too_long_s = job.duration_s;
        continue;
      }
      const bool now = slot->from_s <= now_s_ + rounding_s;
      reserve(position, std::move(*slot));
      if (now && !start(position)) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<std::int32_t> lost_by_node() const {
    const NodePool& pool = round_.pool();
    if (round_.placement().counts_only()) {
      std::int64_t held = 0;
      for (const RunningJob& job : round_.running()) held += job.gpus;
      return {static_cast<std::int32_t>(pool.gpus() - pool.free_gpus() - held)};
    }
    std::vector<std::int32_t> lost(pool.nodes());
    for (std::uint32_t node = 0; node < pool.nodes(); ++node) lost[node] = pool.gpus_per_node() - pool.free_on(node);
    for (const RunningJob& job : round_.running()) {
      std::int32_t rest = job.gpus;
      for (const std::uint32_t node : job.allocation->nodes) {
        lost[node] -= std::min(rest, pool.gpus_per_node());
        rest -= pool.gpus_per_node();
      }
    }
    return lost;
  }

  void plan_again() {
    std::vector<std::pair<Position, ReservationPlan::Block>> promised;
    for (auto position = round_.queue().begin(); position != round_.queue().end(); ++position)
      if (const ReservationPlan::Block* block = plan_.find(position->job.job)) promised.emplace_back(position, *block);
    plan_.clear(now_s_, lost_by_node());
    for (const RunningJob& job : round_.running())
      plan_.enter(job.job,
                  {.from_s = now_s_,
                   .until_s = now_s_ + (job.remaining_s > 0.0 ? job.remaining_s : ConservativeBackfill::overrun_s),
                   .allocation = *job.allocation});
    for (auto& [position, block] : promised) {
      block.from_s = std::max(block.from_s, now_s_);
      block.until_s = block.from_s + position->job.duration_s;
      if (plan_.has_room_for(block)) {
        plan_.enter(position->job.job, std::move(block));
      } else if (auto slot = earliest(position->job, std::numeric_limits<double>::infinity())) {
        reserve(position, std::move(*slot));
      }
    }
    plan_.loosen();
  }

  /// A reservation may begin when nothing else happens. One that is due already waits for a job that outlasts what was
  /// announced, or that ends at this very date but for rounding.
  void ask_again() { round_.ask_again_at(std::max(plan_.next_date_s(now_s_), now_s_ + 2.0 * rounding_s)); }

  DecisionRound& round_;
  ReservationPlan& plan_;
  double now_s_;
};

}  // namespace

void ConservativeBackfill::decide(DecisionRound& round) const {
  Planning(round).decide();
}

}  // namespace chokepoint::models
