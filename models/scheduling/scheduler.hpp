#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scheduling/node_pool.hpp"
#include "models/scheduling/placement.hpp"
#include "models/scheduling/waiting_queue.hpp"

namespace chokepoint::models {

/// A decision: the job at this place of the queue starts now on these GPUs.
struct Start {
  WaitingQueue::Position position;
  Allocation allocation;
};

/// Power that jobs may still add, W; infinite where nothing limits it.
struct PowerHeadroom {
  double available_w = 0.0;
  /// What a GPU adds when it leaves idleness for work.
  double per_gpu_w = 0.0;
};

/// What a scheduler decides on: the jobs that wait, the nodes with what is free on them, and the power. `start` tries a
/// job on all three; what it takes is taken for the jobs that follow.
class DecisionRound {
 public:
  DecisionRound(double now_s, const WaitingQueue& queue, NodePool& pool, const Placement& placement,
                PowerHeadroom headroom, std::vector<Start>& starts)
      : now_s_(now_s), queue_(queue), pool_(pool), placement_(placement), headroom_(headroom), starts_(starts) {}

  [[nodiscard]] double now_s() const { return now_s_; }
  /// In the order of the scheduler's rank; jobs that this round starts stay in it.
  [[nodiscard]] const WaitingQueue& queue() const { return queue_; }
  [[nodiscard]] const NodePool& pool() const { return pool_; }

  /// Starts the job at `position` if its GPUs and its power are to be had; each job at most once.
  bool start(WaitingQueue::Position position);

 private:
  double now_s_;
  const WaitingQueue& queue_;
  NodePool& pool_;
  const Placement& placement_;
  PowerHeadroom headroom_;
  std::vector<Start>& starts_;
};

/// Which jobs start, and in which order they are asked. Schedulers keep no state: a round is all that they see.
class Scheduler {
 public:
  virtual ~Scheduler() = default;

  /// The place of a job in the queue: lower goes first.
  [[nodiscard]] virtual double rank(const WaitingJob& job) const = 0;
  virtual void decide(DecisionRound& round) const = 0;
};

/// "fifo", "sjf".
std::span<const std::string> scheduler_names();
/// `name` is one of scheduler_names().
std::unique_ptr<Scheduler> make_scheduler(std::string_view name);

}  // namespace chokepoint::models
