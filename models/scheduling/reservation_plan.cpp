#include "models/scheduling/reservation_plan.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

/// Shorter jobs hold their GPUs as long as this in the plan, so that no block is empty.
constexpr double shortest_s = ReservationPlan::rounding_s;

}  // namespace

/// What is free on each node throughout a span of time that moves forward.
class ReservationPlan::Window {
 public:
  Window(const ReservationPlan& plan, const Wish& wish, const NodePool& free)
      : plan_(plan), now_s_(wish.now_s), from_s_(wish.now_s), duration_s_(wish.duration_s), pool_(free) {
    look_at_begins(-std::numeric_limits<double>::infinity());
  }

  NodePool& pool() { return pool_; }

  void move_to(double from_s) {
    if (from_s == from_s_) return;
    const double before_s = from_s_;
    from_s_ = from_s;
    auto end = std::ranges::upper_bound(plan_.ends_, before_s, {}, &Date::first);
    for (; end != plan_.ends_.end() && end->first <= from_s; ++end) look_at(end->second);
    look_at_begins(before_s + duration_s_);
  }

 private:
  void look_at_begins(double since_s) {
    auto begin = std::ranges::lower_bound(plan_.begins_, since_s, {}, &Date::first);
    for (; begin != plan_.begins_.end() && begin->first < from_s_ + duration_s_; ++begin) look_at(begin->second);
  }
  void look_at(std::uint32_t job) {
    for (const std::uint32_t node : plan_.blocks_.at(job).allocation.nodes) {
      const std::int64_t used = plan_.by_node_[node].most_in(from_s_, from_s_ + duration_s_);
      auto free = static_cast<std::int32_t>(std::max<std::int64_t>(0, plan_.gpus_per_node_ - used));
      // Of this moment the pool tells more than the plan: of jobs that outlast what was announced, too.
      if (from_s_ == now_s_) free = std::min(free, pool_.free_on(node));
      pool_.set_free_on(node, free);
    }
  }

  const ReservationPlan& plan_;
  double now_s_;
  double from_s_;
  double duration_s_;
  NodePool pool_;
};

ReservationPlan::ReservationPlan(const NodePool& pool, const Placement& placement)
    : gpus_per_node_(pool.gpus_per_node()),
      gpus_(pool.gpus()),
      counts_only_(placement.counts_only()),
      by_node_(placement.counts_only() ? 0 : pool.nodes()) {}

const ReservationPlan::Block* ReservationPlan::find(std::uint32_t job) const {
  const auto found = blocks_.find(job);
  return found == blocks_.end() ? nullptr : &found->second;
}

std::optional<ReservationPlan::Slot> ReservationPlan::earliest(const Wish& wish, const NodePool& free,
                                                               const Placement& placement) const {
  const Wish sought{.now_s = wish.now_s,
                    .duration_s = std::max(wish.duration_s, shortest_s),
                    .gpus = wish.gpus,
                    .before_s = wish.before_s};
  std::optional<Window> window;
  double at_s = sought.now_s;
  while (true) {
    const auto clear_s = total_.first_at_most(gpus_ - sought.gpus, at_s, sought.duration_s);
    if (!clear_s || *clear_s >= sought.before_s) return std::nullopt;
    at_s = *clear_s;
    if (counts_only_) {
      if (at_s > sought.now_s || free.free_gpus() >= sought.gpus)
        return Slot{.from_s = at_s, .allocation = {.gpus = sought.gpus, .nodes = {}}};
    } else {
      if (!window) window.emplace(*this, sought, free);
      window->move_to(at_s);
      Slot slot{.from_s = at_s};
      if (placement.place(window->pool(), sought.gpus, slot.allocation)) return slot;
    }
    const auto next = std::ranges::upper_bound(ends_, at_s, {}, &Date::first);
    if (next == ends_.end()) return std::nullopt;
    at_s = next->first;
  }
}

std::int32_t ReservationPlan::gpus_on(const Allocation& allocation, std::size_t place) const {
  return std::min(gpus_per_node_, allocation.gpus - static_cast<std::int32_t>(place) * gpus_per_node_);
}

bool ReservationPlan::has_room_for(const Block& block) const {
  if (total_.most_in(block.from_s, block.until_s) + block.allocation.gpus > gpus_) return false;
  for (std::size_t place = 0; place < block.allocation.nodes.size(); ++place)
    if (by_node_[block.allocation.nodes[place]].most_in(block.from_s, block.until_s) +
            gpus_on(block.allocation, place) >
        gpus_per_node_)
      return false;
  return true;
}

void ReservationPlan::change_use(const Block& block, int sign) {
  const auto change = [&](UseOverTime& use, std::int64_t gpus) {
    use.forget_before(now_s_);
    use.add(block.from_s, block.until_s, sign * gpus);
  };
  change(total_, block.allocation.gpus);
  for (std::size_t place = 0; place < block.allocation.nodes.size(); ++place)
    change(by_node_[block.allocation.nodes[place]], gpus_on(block.allocation, place));
}

void ReservationPlan::enter(std::uint32_t job, Block block) {
  block.until_s = std::max(block.until_s, block.from_s + shortest_s);
  change_use(block, 1);
  const auto insert = [](std::vector<Date>& dates, Date date) {
    dates.insert(std::ranges::upper_bound(dates, date), date);
  };
  if (block.waits_at) insert(begins_, {block.from_s, job});
  insert(ends_, {block.until_s, job});
  const bool is_new = blocks_.emplace(job, std::move(block)).second;
  expects(is_new, "a job has one block of the plan");
}

void ReservationPlan::started(std::uint32_t job) {
  Block& block = blocks_.at(job);
  begins_.erase(std::ranges::lower_bound(begins_, Date{block.from_s, job}));
  block.waits_at.reset();
}

void ReservationPlan::remove(std::uint32_t job) {
  const auto found = blocks_.find(job);
  if (found == blocks_.end()) return;
  const Block& block = found->second;
  change_use(block, -1);
  if (block.waits_at) begins_.erase(std::ranges::lower_bound(begins_, Date{block.from_s, job}));
  ends_.erase(std::ranges::lower_bound(ends_, Date{block.until_s, job}));
  blocks_.erase(found);
}

void ReservationPlan::job_left(std::uint32_t job, double now_s) {
  const Block* block = find(job);
  if (block == nullptr) return;
  now_s_ = now_s;
  if (block->until_s > now_s + rounding_s || block->until_s < now_s - rounding_s) loosened_ = true;
  remove(job);
}

void ReservationPlan::clear(double now_s, std::span<const std::int32_t> lost_by_node) {
  constexpr double never_s = std::numeric_limits<double>::infinity();
  now_s_ = now_s;
  total_ = {};
  std::ranges::fill(by_node_, UseOverTime{});
  blocks_.clear();
  begins_.clear();
  ends_.clear();
  for (std::size_t node = 0; node < lost_by_node.size(); ++node) {
    if (lost_by_node[node] == 0) continue;
    total_.add(now_s, never_s, lost_by_node[node]);
    if (!counts_only_) by_node_[node].add(now_s, never_s, lost_by_node[node]);
  }
  stale_ = false;
  loosened_ = false;
}

}  // namespace chokepoint::models
