#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/scheduling/node_pool.hpp"
#include "models/scheduling/placement.hpp"
#include "models/scheduling/use_over_time.hpp"
#include "models/scheduling/waiting_queue.hpp"

namespace chokepoint::models {

/// Who holds which GPUs when: running jobs until the ends that were announced, and waiting jobs from the dates that
/// they were promised. The fleet keeps it between the rounds of a scheduler that asks for one and tells it of jobs that
/// leave; the scheduler makes the promises. Dates within `rounding_s` of one another count as one.
class ReservationPlan {
 public:
  static constexpr double rounding_s = 1e-6;

  struct Block {
    double from_s = 0.0;
    double until_s = 0.0;
    Allocation allocation{};
    /// Where the job waits; none of one that runs.
    std::optional<WaitingQueue::Position> waits_at{};
  };
  /// A job in search of GPUs from `now_s` on, at a date before `before_s`.
  struct Wish {
    double now_s = 0.0;
    double duration_s = 0.0;
    std::int32_t gpus = 0;
    double before_s = std::numeric_limits<double>::infinity();
  };
  struct Slot {
    double from_s = 0.0;
    Allocation allocation{};
  };

  ReservationPlan(const NodePool& pool, const Placement& placement);

  /// The block of a job; none if it has none.
  [[nodiscard]] const Block* find(std::uint32_t job) const;
  /// Waiting jobs that have a reservation.
  [[nodiscard]] std::size_t reservations() const { return begins_.size(); }
  /// Dates of reservations and their jobs, in rising order.
  [[nodiscard]] std::span<const std::pair<double, std::uint32_t>> begins() const { return begins_; }

  /// Whether a date of the plan lies before `now_s`: a job runs beyond its block, or waits beyond its reservation.
  [[nodiscard]] bool overdue(double now_s) const {
    return (!begins_.empty() && begins_.front().first < now_s - rounding_s) ||
           (!ends_.empty() && ends_.front().first < now_s - rounding_s);
  }
  /// The first date at which a job is to begin or, of those that are due by `now_s`, to end; infinity if there is none.
  [[nodiscard]] double next_date_s(double now_s) const {
    const double begin_s = begins_.empty() ? std::numeric_limits<double>::infinity() : begins_.front().first;
    return !ends_.empty() && ends_.front().first <= now_s ? std::min(begin_s, ends_.front().first) : begin_s;
  }
  /// The earliest date at which the wish can be had on the same GPUs to its end, beside all blocks, on nodes by the
  /// rules of the placement. `free` is the pool as it is at `now_s`. O(nodes + k log k) in the blocks on the way.
  [[nodiscard]] std::optional<Slot> earliest(const Wish& wish, const NodePool& free, const Placement& placement) const;
  /// Whether these GPUs are spoken for by nobody in this time.
  [[nodiscard]] bool has_room_for(const Block& block) const;
  /// Enters a block for a job that has none.
  void enter(std::uint32_t job, Block block);
  /// A job that had a reservation now runs.
  void started(std::uint32_t job);
  /// Takes a block out, if the job has one.
  void remove(std::uint32_t job);

  /// A job gives its GPUs back. If it ends at another date than was announced, reservations may move forward.
  void job_left(std::uint32_t job, double now_s);
  /// Nodes went down or came back: the plan no longer tells what there is.
  void nodes_changed() { stale_ = true; }
  [[nodiscard]] bool stale() const { return stale_; }
  [[nodiscard]] bool loosened() const { return loosened_; }
  void loosen() { loosened_ = true; }
  void tightened() { loosened_ = false; }
  /// Without any block but these GPUs, which are not to be had until the plan is cleared again.
  void clear(double now_s, std::span<const std::int32_t> lost_by_node);

 private:
  class Window;
  using Date = std::pair<double, std::uint32_t>;

  void change_use(const Block& block, int sign);
  [[nodiscard]] std::int32_t gpus_on(const Allocation& allocation, std::size_t place) const;

  std::int32_t gpus_per_node_;
  std::int64_t gpus_;
  bool counts_only_;
  double now_s_ = -std::numeric_limits<double>::infinity();
  UseOverTime total_{};
  std::vector<UseOverTime> by_node_;
  std::unordered_map<std::uint32_t, Block> blocks_{};
  std::vector<Date> begins_{};
  std::vector<Date> ends_{};
  bool stale_ = false;
  bool loosened_ = false;
};

}  // namespace chokepoint::models
