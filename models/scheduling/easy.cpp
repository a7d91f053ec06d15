#include "models/scheduling/easy.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

namespace chokepoint::models {
namespace {

struct End {
  double after_s;
  const Allocation* allocation;
};

/// The head's reservation: in how many seconds of work, and the pool of that time once it has its nodes.
struct Reservation {
  double after_s;
  NodePool left;
};

/// None if the head fits already (and lacks power), or never does.
std::optional<Reservation> reserve(DecisionRound& round, std::int32_t gpus) {
  NodePool pool = round.pool();
  Allocation allocation;
  if (round.placement().place(pool, gpus, allocation)) return std::nullopt;
  std::vector<End> ends;
  for (const RunningJob& job : round.running()) ends.push_back({job.remaining_s, job.allocation});
  for (const Start& start : round.started()) ends.push_back({start.position->job.duration_s, &start.allocation});
  const auto later = [](const End& a, const End& b) { return a.after_s > b.after_s; };
  std::ranges::make_heap(ends, later);
  while (!ends.empty()) {
    const double after_s = ends.front().after_s;
    while (!ends.empty() && ends.front().after_s == after_s) {
      pool.give_back(*ends.front().allocation);
      std::ranges::pop_heap(ends, later);
      ends.pop_back();
    }
    if (pool.free_gpus() >= gpus && round.placement().place(pool, gpus, allocation))
      return Reservation{after_s, std::move(pool)};
  }
  return std::nullopt;
}

/// What is free both now and beside the reservation: GPUs for jobs that outlast its date.
class FreeThroughout {
 public:
  FreeThroughout(const DecisionRound& round, const NodePool& later)
      : counts_only_(round.placement().counts_only()), pool_(round.pool()) {
    if (counts_only_) {
      lower_count(round.pool(), later);
    } else {
      for (std::uint32_t node = 0; node < pool_.nodes(); ++node) lower(node, round.pool(), later);
    }
  }

  NodePool& pool() { return pool_; }

  /// A job that ends before the reservation's date has taken GPUs.
  void taken(const Allocation& allocation, const NodePool& now, const NodePool& later) {
    if (counts_only_) return lower_count(now, later);
    for (const std::uint32_t node : allocation.nodes) lower(node, now, later);
  }

 private:
  void lower(std::uint32_t node, const NodePool& now, const NodePool& later) {
    const std::int32_t less = pool_.free_on(node) - std::min(now.free_on(node), later.free_on(node));
    if (less > 0) pool_.take(node, less);
  }
  void lower_count(const NodePool& now, const NodePool& later) {
    const auto less = pool_.free_gpus() - std::min(now.free_gpus(), later.free_gpus());
    if (less > 0) pool_.take_counted(static_cast<std::int32_t>(less));
  }

  bool counts_only_;
  NodePool pool_;
};

}  // namespace

void EasyBackfill::decide(DecisionRound& round) const {
  const WaitingQueue& queue = round.queue();
  auto head = queue.begin();
  while (head != queue.end() && round.start(head)) ++head;
  if (head == queue.end()) return;
  const auto small_enough = [&](const WaitingQueue::Entry& entry) {
    return entry.job.gpus <= round.pool().free_gpus();
  };
  const auto first = std::find_if(std::next(head), queue.end(), small_enough);
  if (first == queue.end()) return;

  auto reservation = reserve(round, head->job.gpus);
  if (!reservation) return;
  FreeThroughout throughout(round, reservation->left);
  // Where a job does not fit, no larger one of its kind does.
  std::int64_t too_large = std::numeric_limits<std::int64_t>::max();
  std::int64_t too_large_and_long = too_large;
  for (auto position = first; position != queue.end() && round.pool().free_gpus() > 0; ++position) {
    const WaitingJob& job = position->job;
    if (job.gpus >= too_large) continue;
    if (job.duration_s <= reservation->after_s) {
      if (round.start(position)) {
        throughout.taken(round.started().back().allocation, round.pool(), reservation->left);
      } else {
        too_large = job.gpus;
      }
    } else if (job.gpus < too_large_and_long) {
      Allocation allocation;
      if (!round.placement().place(throughout.pool(), job.gpus, allocation)) {
        too_large_and_long = job.gpus;
      } else if (round.start_on(allocation, position)) {
        if (allocation.nodes.empty()) {
          reservation->left.take_counted(allocation.gpus);
        } else {
          reservation->left.take_again(allocation);
        }
      } else {
        return;  // no power for it
      }
    }
  }
}

}  // namespace chokepoint::models
