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

/// The head's reservation: in how many seconds of work, of which pool, and that pool then, once it has its nodes.
struct Reservation {
  double after_s;
  std::uint32_t pool;
  NodePool left;
};

/// None if the head fits already (and lacks power), or never does.
std::optional<Reservation> reserve(DecisionRound& round, const JobSize& wanted) {
  const std::int32_t gpus = wanted.gpus;
  NodePool pool = round.pools()[wanted.pool];
  Allocation allocation;
  if (round.placement().place(pool, gpus, allocation)) return std::nullopt;
  std::vector<End> ends;
  for (const RunningJob& job : round.running())
    if (job.allocation->pool == wanted.pool) ends.push_back({job.remaining_s, job.allocation});
  for (const Start& start : round.started())
    if (start.allocation.pool == wanted.pool) ends.push_back({start.duration_s(), &start.allocation});
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
      return Reservation{after_s, wanted.pool, std::move(pool)};
  }
  return std::nullopt;
}

/// What is free both now and beside the reservation: GPUs for jobs that outlast its date.
class FreeThroughout {
 public:
  FreeThroughout(bool counts_only, const NodePool& now, const NodePool& later) : counts_only_(counts_only), pool_(now) {
    if (counts_only_) {
      lower_count(now, later);
    } else {
      for (std::uint32_t node = 0; node < pool_.nodes(); ++node) lower(node, now, later);
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

/// Jobs behind the head, one after the other.
class Backfill {
 public:
  Backfill(DecisionRound& round, Reservation reservation)
      : round_(round),
        reservation_(std::move(reservation)),
        throughout_(round.placement().counts_only(), now(), reservation_.left) {}

  /// Starts the job if that does not delay the reservation; false if there is no power for it.
  bool offer(WaitingQueue::Position position) {
    const std::size_t choices = position->job.choices();
    for (std::size_t choice = 0; choice < choices; ++choice) {
      const Answer answer = offer(position, choice);
      if (answer == Answer::started) return true;
      if (answer == Answer::no_power && choice + 1 == choices) return false;
    }
    return true;
  }

 private:
  enum class Answer { started, no, no_power };

  [[nodiscard]] const NodePool& now() const { return round_.pools()[reservation_.pool]; }

  Answer offer(WaitingQueue::Position position, std::size_t choice) {
    const JobSize size = position->job.size(choice);
    if (size.pool != reservation_.pool) return round_.start_as(choice, position) ? Answer::started : Answer::no;
    if (size.gpus >= too_large_) return Answer::no;
    if (size.duration_s <= reservation_.after_s) {
      if (!round_.start_as(choice, position)) {
        too_large_ = size.gpus;
        return Answer::no;
      }
      throughout_.taken(round_.started().back().allocation, now(), reservation_.left);
      return Answer::started;
    }
    if (size.gpus >= too_large_and_long_) return Answer::no;
    Allocation allocation;
    if (!round_.placement().place(throughout_.pool(), size.gpus, allocation)) {
      too_large_and_long_ = size.gpus;
      return Answer::no;
    }
    allocation.pool = size.pool;
    if (!round_.start_on(allocation, position, choice)) {
      throughout_.pool().give_back(allocation);
      return Answer::no_power;
    }
    if (allocation.nodes.empty()) {
      reservation_.left.take_counted(allocation.gpus);
    } else {
      reservation_.left.take_again(allocation);
    }
    return Answer::started;
  }

  DecisionRound& round_;
  Reservation reservation_;
  FreeThroughout throughout_;
  // Where a job does not fit, no larger one of its kind does.
  std::int64_t too_large_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t too_large_and_long_ = too_large_;
};

}  // namespace

void EasyBackfill::decide(DecisionRound& round) const {
  const WaitingQueue& queue = round.queue();
  auto head = queue.begin();
  while (head != queue.end() && round.start(head)) ++head;
  if (head == queue.end()) return;
  const auto small_enough = [&](const WaitingQueue::Entry& entry) { return round.has_gpus_for(entry.job); };
  const auto first = std::find_if(std::next(head), queue.end(), small_enough);
  if (first == queue.end()) return;

  auto reservation = reserve(round, head->job.size(0));
  if (!reservation) return;
  Backfill backfill(round, std::move(*reservation));
  for (auto position = first; position != queue.end() && round.has_free_gpus(); ++position)
    if (!backfill.offer(position)) return;
}

}  // namespace chokepoint::models
