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
  const std::size_t choices = position->job.choices();
  for (std::size_t choice = 0; choice < choices; ++choice)
    if (start_as(choice, position)) return true;
  return false;
}

bool DecisionRound::start_as(std::size_t choice, WaitingQueue::Position position) {
  const JobSize size = position->job.size(choice);
  const double power_w = headroom_.needed_w(size);
  if (power_w > headroom_.available_w) return false;
  Allocation allocation;
  if (!placement_.place(pools_[size.pool], size.gpus, allocation)) return false;
  allocation.pool = size.pool;
  headroom_.available_w -= power_w;
  starts_.push_back({.position = position, .allocation = std::move(allocation), .choice = choice});
  return true;
}

bool DecisionRound::start_on(const Allocation& allocation, WaitingQueue::Position position, std::size_t choice) {
  const double power_w = headroom_.needed_w(position->job.size(choice));
  if (power_w > headroom_.available_w) return false;
  NodePool& pool = pools_[allocation.pool];
  if (allocation.nodes.empty()) {
    if (pool.free_gpus() < allocation.gpus) return false;
    pool.take_counted(allocation.gpus);
  } else if (!pool.take_again(allocation)) {
    return false;
  }
  headroom_.available_w -= power_w;
  starts_.push_back({.position = position, .allocation = allocation, .choice = choice});
  return true;
}

bool DecisionRound::has_gpus_for(const WaitingJob& job) const {
  if (job.sizes.empty()) return job.gpus <= pools_.front().free_gpus();
  return std::ranges::any_of(job.sizes,
                             [this](const JobSize& size) { return size.gpus <= pools_[size.pool].free_gpus(); });
}

std::span<const RunningJob> DecisionRound::running() {
  if (!running_) running_ = beside_.find_running ? beside_.find_running() : std::vector<RunningJob>{};
  return *running_;
}

std::vector<const RunningJob*> DecisionRound::running_by_start() {
  std::vector<const RunningJob*> jobs;
  for (const RunningJob& job : running()) jobs.push_back(&job);
  std::ranges::stable_sort(jobs, [](const RunningJob* a, const RunningJob* b) { return started_before(*a, *b); });
  return jobs;
}

bool DecisionRound::start_in_place_of(std::span<const RunningJob* const> victims, WaitingQueue::Position position) {
  if (start(position)) return true;
  std::vector<const RunningJob*> left;
  const auto power_w = [this](const RunningJob& job) {
    return headroom_.needed_w({.gpus = job.gpus, .pool = job.allocation->pool, .intensity = job.intensity});
  };
  bool started = false;
  for (const RunningJob* victim : victims) {
    if (std::ranges::find(preempted_, victim->job) != preempted_.end()) continue;
    pools_[victim->allocation->pool].give_back(*victim->allocation);
    headroom_.available_w += power_w(*victim);
    left.push_back(victim);
    if (has_gpus_for(position->job)) started = start(position);
    if (started) break;
  }
  for (const RunningJob* victim : left) {
    NodePool& pool = pools_[victim->allocation->pool];
    if (headroom_.available_w >= power_w(*victim) && pool.take_again(*victim->allocation)) {
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
