#include "models/scheduling/scheduler.hpp"

#include "models/scheduling/fifo.hpp"
#include "models/scheduling/policy_list.hpp"
#include "models/scheduling/sjf.hpp"

namespace chokepoint::models {
namespace {

using Schedulers = PolicyList<Scheduler>;

const Schedulers& all_schedulers() {
  static const Schedulers all{Schedulers::entry<Fifo>("fifo"), Schedulers::entry<ShortestJobFirst>("sjf")};
  return all;
}

}  // namespace

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
  return all_schedulers().names();
}

std::unique_ptr<Scheduler> make_scheduler(std::string_view name) {
  return all_schedulers().make(name);
}

}  // namespace chokepoint::models
