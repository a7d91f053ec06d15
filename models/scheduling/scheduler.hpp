#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scheduling/node_pool.hpp"
#include "models/scheduling/placement.hpp"
#include "models/scheduling/price_forecast.hpp"
#include "models/scheduling/reservation_plan.hpp"
#include "models/scheduling/usage_ledger.hpp"
#include "models/scheduling/waiting_queue.hpp"

namespace chokepoint::models {

/// A decision: the job at this place of the queue starts now on these GPUs, which are those of its `choice`.
struct Start {
  WaitingQueue::Position position;
  Allocation allocation;
  std::size_t choice = 0;

  [[nodiscard]] double duration_s() const { return position->job.size(choice).duration_s; }
};

/// What a scheduler knows of a job that holds GPUs: `remaining_s` before the end that was announced, at its present
/// rate and the fleet's full speed (infinite where it stands still, 0 once it has outlasted that), `start_s` its last
/// start.
struct RunningJob {
  std::uint32_t job = 0;
  /// Rising in the order of submission.
  std::uint64_t index = 0;
  std::int32_t gpus = 0;
  std::uint32_t tenant = 0;
  std::int32_t priority = 0;
  double start_s = 0.0;
  double remaining_s = 0.0;
  /// `duration_s` that it would have if it waited, restart left out: whatever its present rate, on the size that it
  /// wants. What compares it with jobs that wait: `remaining_s` would let two jobs preempt each other without end.
  double work_left_s = 0.0;
  const Allocation* allocation = nullptr;
  double intensity = 1.0;
};

/// The order of starts, jobs of one date in order of submission.
inline bool started_before(const RunningJob& a, const RunningJob& b) {
  return a.start_s < b.start_s || (a.start_s == b.start_s && a.index < b.index);
}

/// Power that jobs may still add, W; infinite where nothing limits it.
struct PowerHeadroom {
  double available_w = 0.0;
  /// What a GPU adds when it leaves idleness for work of intensity 1: one of the first pool, and those of the others.
  double per_gpu_w = 0.0;
  std::span<const double> per_gpu_w_of_others{};

  [[nodiscard]] double needed_w(const JobSize& size) const {
    return (size.pool == 0 ? per_gpu_w : per_gpu_w_of_others[size.pool - 1]) * size.gpus * size.intensity;
  }
};

/// What a scheduler decides on: the jobs that wait, the nodes with what is free on them, and the power. `start` tries a
/// job on all three; what it takes is taken for the jobs that follow. A fleet of several kinds of nodes has a pool of
/// each, the first being that of jobs without a choice.
class DecisionRound {
 public:
  /// Gives the jobs that hold GPUs of the pool, in any order that is the same in each run.
  using FindRunning = std::function<std::vector<RunningJob>()>;

  /// What only some schedulers look at.
  struct Beside {
    FindRunning find_running{};
    /// No job that holds GPUs has a lower one.
    std::int32_t lowest_priority = std::numeric_limits<std::int32_t>::min();
    ReservationPlan* plan = nullptr;
    const UsageLedger* usage = nullptr;
    PriceForecast* prices = nullptr;
  };

  DecisionRound(double now_s, const WaitingQueue& queue, NodePool& pool, const Placement& placement,
                PowerHeadroom headroom, std::vector<Start>& starts, Beside beside)
      : DecisionRound(now_s, queue, std::span(&pool, 1), placement, headroom, starts, std::move(beside)) {}
  DecisionRound(double now_s, const WaitingQueue& queue, std::span<NodePool> pools, const Placement& placement,
                PowerHeadroom headroom, std::vector<Start>& starts, Beside beside)
      : now_s_(now_s),
        queue_(queue),
        pools_(pools),
        placement_(placement),
        headroom_(headroom),
        starts_(starts),
        beside_(std::move(beside)) {}

  [[nodiscard]] double now_s() const { return now_s_; }
  /// In the order of the scheduler's rank; jobs that this round starts stay in it.
  [[nodiscard]] const WaitingQueue& queue() const { return queue_; }
  [[nodiscard]] const NodePool& pool() const { return pools_.front(); }
  [[nodiscard]] std::span<const NodePool> pools() const { return pools_; }
  /// Whether any of its sizes is within the number of free GPUs of its pool.
  [[nodiscard]] bool has_gpus_for(const WaitingJob& job) const;
  [[nodiscard]] bool has_free_gpus() const {
    return std::ranges::any_of(pools_, [](const NodePool& pool) { return pool.free_gpus() > 0; });
  }

  /// Jobs that held GPUs of these pools when the round began, in no order; empty unless the scheduler asks.
  [[nodiscard]] std::span<const RunningJob> running();
  /// The same in order of their start: O(n log n).
  [[nodiscard]] std::vector<const RunningJob*> running_by_start();
  /// What `running()` may be spared for: no job of it has a lower priority.
  [[nodiscard]] std::int32_t lowest_priority() const { return beside_.lowest_priority; }
  /// What the round has started so far.
  [[nodiscard]] std::span<const Start> started() const { return starts_; }
  [[nodiscard]] const Placement& placement() const { return placement_; }
  /// Promises of earlier rounds, for schedulers that keep a plan.
  [[nodiscard]] ReservationPlan& plan() { return *beside_.plan; }
  /// What owners have had, for schedulers that count it.
  [[nodiscard]] const UsageLedger& usage() const { return *beside_.usage; }
  /// Null where energy has no price.
  [[nodiscard]] PriceForecast* prices() { return beside_.prices; }
  /// Jobs that have to leave, known by `RunningJob::job`.
  [[nodiscard]] const std::vector<std::uint32_t>& preempted() const { return preempted_; }

  [[nodiscard]] bool has_power_for(const WaitingJob& job) const {
    return headroom_.needed_w(job.size(0)) <= headroom_.available_w;
  }
  /// There shall be a round at this date though nothing changes; of several dates at the first.
  void ask_again_at(double date_s) { ask_again_s_ = std::min(ask_again_s_, date_s); }
  /// Infinity if nobody asked.
  [[nodiscard]] double ask_again_s() const { return ask_again_s_; }

  /// Starts the job at `position` on the first of its sizes whose GPUs and power are to be had; each job at most once.
  bool start(WaitingQueue::Position position);
  /// The same, on that size alone.
  bool start_as(std::size_t choice, WaitingQueue::Position position);
  /// Starts it on these GPUs if they are free and its power is to be had; they are those of its choice.
  bool start_on(const Allocation& allocation, WaitingQueue::Position position, std::size_t choice = 0);
  /// The same, and where it does not fit, jobs of `victims` leave for it, the first ones first and none that need not;
  /// where it does not fit even so, none does. Those that the round has preempted already are passed over.
  bool start_in_place_of(std::span<const RunningJob* const> victims, WaitingQueue::Position position);

 private:
  double now_s_;
  const WaitingQueue& queue_;
  std::span<NodePool> pools_;
  const Placement& placement_;
  PowerHeadroom headroom_;
  std::vector<Start>& starts_;
  Beside beside_;
  double ask_again_s_ = std::numeric_limits<double>::infinity();
  std::optional<std::vector<RunningJob>> running_{};
  std::vector<std::uint32_t> preempted_;
};

/// Which jobs start, and in which order they are asked. Schedulers keep no state: what they know of earlier rounds
/// stands in what the round shows, such as its plan.
class Scheduler {
 public:
  virtual ~Scheduler() = default;

  /// The place of a job in the queue: lower goes first.
  [[nodiscard]] virtual double rank(const WaitingJob& job) const = 0;
  virtual void decide(DecisionRound& round) const = 0;
  /// Whether rounds need `running()`, which costs O(n) in the jobs that run.
  [[nodiscard]] virtual bool looks_at_running() const { return false; }
  /// Whether rounds need `plan()`.
  [[nodiscard]] virtual bool keeps_plan() const { return false; }
  /// Whether rounds need `usage()`.
  [[nodiscard]] virtual bool counts_usage() const { return false; }
};

/// What some schedulers are told beside their name.
struct SchedulerTerms {
  /// Of tariff-aware: how long price may hold a job, and the share of its energy cost that a wait must save (assumed).
  double patience_s = 12.0 * 3600.0;
  double least_saving = 0.01;
};

/// "conservative", "easy", "fair-share", "fifo", "priority", "sjf", "srtf", "tariff-aware".
std::span<const std::string> scheduler_names();
/// `name` is one of scheduler_names().
std::unique_ptr<Scheduler> make_scheduler(std::string_view name, const SchedulerTerms& terms = {});

}  // namespace chokepoint::models
