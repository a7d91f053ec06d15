#include "models/scheduling/scheduler.hpp"

#include <algorithm>

#include "models/scheduling/conservative.hpp"
#include "models/scheduling/easy.hpp"
#include "models/scheduling/fair_share.hpp"
#include "models/scheduling/fifo.hpp"
#include "models/scheduling/policy_list.hpp"
#include "models/scheduling/priority.hpp"
#include "models/scheduling/sjf.hpp"
#include "models/scheduling/srtf.hpp"
#include "models/scheduling/tariff_aware.hpp"

namespace chokepoint::models {
namespace {

using Schedulers = PolicyList<Scheduler, SchedulerTerms>;

const Schedulers& all_schedulers() {
  static const Schedulers all{Schedulers::entry<ConservativeBackfill>("conservative"),
                              Schedulers::entry<EasyBackfill>("easy"),
                              Schedulers::entry<FairShare>("fair-share"),
                              Schedulers::entry<Fifo>("fifo"),
                              Schedulers::entry<PriorityWithPreemption>("priority"),
                              Schedulers::entry<ShortestJobFirst>("sjf"),
                              Schedulers::entry<ShortestRemainingTime>("srtf"),
                              Schedulers::entry<TariffAware>("tariff-aware")};
  return all;
}

}  // namespace

bool DecisionRound::start(WaitingQueue::Position position) {
  const WaitingJob& job = position->job;
  const double power_w = headroom_.per_gpu_w * job.gpus * job.intensity;
  if (power_w > headroom_.available_w) return false;
  Allocation allocation;
  if (!placement_.place(pool_, job.gpus, allocation)) return false;
  headroom_.available_w -= power_w;
  starts_.push_back({.position = position, .allocation = std::move(allocation)});
  return true;
}

bool DecisionRound::start_on(const Allocation& allocation, WaitingQueue::Position position) {
  const double power_w = headroom_.per_gpu_w * position->job.gpus * position->job.intensity;
  if (power_w > headroom_.available_w) return false;
  if (allocation.nodes.empty()) {
    if (pool_.free_gpus() < allocation.gpus) return false;
    pool_.take_counted(allocation.gpus);
  } else if (!pool_.take_again(allocation)) {
    return false;
  }
  headroom_.available_w -= power_w;
  starts_.push_back({.position = position, .allocation = allocation});
  return true;
}

std::span<const RunningJob> DecisionRound::running() {
  if (!running_) running_ = beside_.find_running ? beside_.find_running() : std::vector<RunningJob>{};
  return *running_;
}

bool DecisionRound::start_in_place_of(std::span<const RunningJob* const> victims, WaitingQueue::Position position) {
  if (start(position)) return true;
  std::vector<const RunningJob*> left;
  const auto power_w = [this](const RunningJob& job) { return headroom_.per_gpu_w * job.gpus * job.intensity; };
  bool started = false;
  for (const RunningJob* victim : victims) {
    if (std::ranges::find(preempted_, victim->job) != preempted_.end()) continue;
    pool_.give_back(*victim->allocation);
    headroom_.available_w += power_w(*victim);
    left.push_back(victim);
    if (pool_.free_gpus() >= position->job.gpus) started = start(position);
    if (started) break;
  }
  for (const RunningJob* victim : left) {
    if (headroom_.available_w >= power_w(*victim) && pool_.take_again(*victim->allocation)) {
      headroom_.available_w -= power_w(*victim);
    } else {
      preempted_.push_back(victim->job);
    }
  }
  return started;
}

std::span<const std::string> scheduler_names() {
  return all_schedulers().names();
}

std::unique_ptr<Scheduler> make_scheduler(std::string_view name, const SchedulerTerms& terms) {
  return all_schedulers().make(name, terms);
}

}  // namespace chokepoint::models
