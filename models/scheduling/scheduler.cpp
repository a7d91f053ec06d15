#include "models/scheduling/scheduler.hpp"

#include <array>

#include "models/contract/expects.hpp"
#include "models/scheduling/fifo.hpp"
#include "models/scheduling/sjf.hpp"

namespace chokepoint::models {

bool DecisionRound::start(WaitingQueue::Position position) {
  const WaitingJob& job = position->job;
  const double power_w = headroom_.per_gpu_w * job.gpus;
  if (power_w > headroom_.available_w) return false;
  Allocation allocation;
  if (!placement_.place(pool_, job.gpus, allocation)) return false;
  headroom_.available_w -= power_w;
  starts_.push_back({.position = position, .allocation = std::move(allocation)});
  return true;
}

std::span<const std::string> scheduler_names() {
  static const std::array<std::string, 2> names{"fifo", "sjf"};
  return names;
}

std::unique_ptr<Scheduler> make_scheduler(std::string_view name) {
  if (name == "fifo") return std::make_unique<Fifo>();
  expects(name == "sjf", "the name of a scheduler is one of scheduler_names()");
  return std::make_unique<ShortestJobFirst>();
}

}  // namespace chokepoint::models
