#include "models/scheduling/priority.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

/// A round over a pool on which jobs of some priorities run.
struct PriorityTrial {
  NodePool pool;
  std::unique_ptr<Placement> placement;
  std::vector<Allocation> held{};
  std::vector<RunningJob> running{};
  WaitingQueue queue{};
  std::vector<Start> starts{};
  std::vector<std::uint32_t> preempted{};

  void run(std::int32_t gpus, std::int32_t priority) {
    Allocation allocation;
    if (!placement->place(pool, gpus, allocation)) return;
    running.push_back({.job = static_cast<std::uint32_t>(running.size()),
                       .gpus = gpus,
                       .priority = priority,
                       .start_s = static_cast<double>(running.size()),
                       .remaining_s = 100.0});
    held.push_back(std::move(allocation));
  }
  void wait(std::int32_t gpus, std::int32_t priority) {
    const WaitingJob job{.job = static_cast<std::uint32_t>(1000 + queue.size()),
                         .gpus = gpus,
                         .submit_s = static_cast<double>(queue.size()),
                         .duration_s = 10.0,
                         .priority = priority};
    queue.insert(PriorityWithPreemption().rank(job), job);
  }
  void decide() {
    for (std::size_t i = 0; i < running.size(); ++i) running[i].allocation = &held[i];
    DecisionRound round(0.0, queue, pool, *placement, {.available_w = 1e30, .per_gpu_w = 1.0}, starts,
                        {.find_running = [this] { return running; }});
    PriorityWithPreemption().decide(round);
    preempted = round.preempted();
  }
  [[nodiscard]] bool started(const WaitingJob& job) const {
    return std::ranges::any_of(starts, [&](const Start& start) { return start.position->job.job == job.job; });
  }
  [[nodiscard]] bool left(const RunningJob& job) const {
    return std::ranges::find(preempted, job.job) != preempted.end();
  }
};

PriorityTrial random_trial(std::mt19937& random, const char* placement, int waiting) {
  const auto draw = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
  };
  PriorityTrial trial{.pool = NodePool(static_cast<std::uint32_t>(draw(1, 6)), draw(1, 8)),
                      .placement = make_placement(placement)};
  const int most = static_cast<int>(trial.pool.gpus());
  for (int i = 0; i < 12; ++i) trial.run(draw(1, std::max(1, most / 2)), draw(0, 3));
  for (int i = 0; i < waiting; ++i) trial.wait(draw(1, most), draw(0, 4));
  return trial;
}

/// The victims that the rule names for one job that waits: the shortest row of lower priorities, lowest and youngest
/// first, that makes room, without those that need not leave for it. None if nothing makes room.
std::vector<std::uint32_t> victims_by_rule(const PriorityTrial& trial, const WaitingJob& job) {
  std::vector<const RunningJob*> row;
  for (const RunningJob& other : trial.running)
    if (other.priority < job.priority) row.push_back(&other);
  std::ranges::sort(row, [](const RunningJob* a, const RunningJob* b) {
    return a->priority != b->priority ? a->priority < b->priority : a->start_s > b->start_s;
  });
  for (std::size_t count = 0; count <= row.size(); ++count) {
    NodePool pool = trial.pool;
    for (std::size_t i = 0; i < count; ++i) pool.give_back(trial.held[row[i]->job]);
    Allocation got;
    if (!trial.placement->place(pool, job.gpus, got)) continue;
    std::vector<std::uint32_t> victims;
    for (std::size_t i = 0; i < count; ++i) {
      const Allocation& held = trial.held[row[i]->job];
      const bool stays = held.nodes.empty() ? pool.free_gpus() >= held.gpus && (pool.take_counted(held.gpus), true)
                                            : pool.take_again(held);
      if (!stays) victims.push_back(row[i]->job);
    }
    return victims;
  }
  return {};
}

constexpr const char* priority_placements[] = {"pooled", "best-fit", "first-fit"};

}  // namespace

TEST_CASE("priority preempts the lowest first and of these the youngest and never an equal") {
  // Two nodes of 4. Priority 1 holds 4, then 0 holds 2, then 0 holds 2. A job of priority 1 wants 2: the youngest of 0.
  PriorityTrial trial{.pool = NodePool(2, 4), .placement = make_placement("best-fit")};
  trial.run(4, 1);
  trial.run(2, 0);
  trial.run(2, 0);
  trial.wait(2, 1);
  trial.decide();
  CHECK(trial.preempted == std::vector<std::uint32_t>{2});
  CHECK(trial.starts.size() == 1);
  CHECK(trial.starts[0].allocation.nodes == std::vector<std::uint32_t>{1});

  PriorityTrial equal{.pool = NodePool(1, 4), .placement = make_placement("best-fit")};
  equal.run(4, 1);
  equal.wait(1, 1);
  equal.decide();
  CHECK(equal.preempted.empty());
  CHECK(equal.starts.empty());
}

TEST_CASE("nobody leaves for a job that would not fit even so") {
  // Two nodes of 4, each half held by priority 2: the 2 and 2 of priority 0 beside make no node free.
  PriorityTrial trial{.pool = NodePool(2, 4), .placement = make_placement("first-fit")};
  trial.run(2, 2);
  trial.run(2, 0);
  trial.run(2, 2);
  trial.run(2, 0);
  trial.wait(4, 1);
  trial.decide();
  CHECK(trial.preempted.empty());
  CHECK(trial.starts.empty());
}

TEST_CASE("priority preempts exactly the jobs that its rule names") {
  int preempted = 0;
  for (const char* placement : priority_placements)
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      std::mt19937 random(seed);
      PriorityTrial trial = random_trial(random, placement, 1);
      const WaitingJob job = trial.queue.begin()->job;
      auto expected = victims_by_rule(trial, job);
      trial.decide();
      std::ranges::sort(expected);
      std::ranges::sort(trial.preempted);
      REQUIRE(trial.preempted == expected);
      preempted += static_cast<int>(expected.size());
    }
  CHECK(preempted > 1000);
}

TEST_CASE("no job waits first in line while lower priorities run that would make room for it") {
  int waiting = 0;
  for (const char* placement : priority_placements)
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      std::mt19937 random(seed);
      PriorityTrial trial = random_trial(random, placement, 6);
      trial.decide();
      const auto first =
          std::ranges::find_if(trial.queue, [&](const auto& entry) { return !trial.started(entry.job); });
      std::int32_t lowest_started = 1000;
      for (const Start& start : trial.starts) lowest_started = std::min(lowest_started, start.position->job.priority);
      for (const RunningJob& job : trial.running)
        if (trial.left(job))
          REQUIRE(std::ranges::any_of(trial.starts,
                                      [&](const Start& start) { return start.position->job.priority > job.priority; }));
      if (first == trial.queue.end()) continue;
      ++waiting;
      CHECK(lowest_started >= first->job.priority);
      NodePool pool = trial.pool;
      for (const RunningJob& job : trial.running)
        if (job.priority < first->job.priority && !trial.left(job)) pool.give_back(trial.held[job.job]);
      Allocation got;
      REQUIRE_FALSE(trial.placement->place(pool, first->job.gpus, got));
    }
  CHECK(waiting > 1000);
}

}  // namespace chokepoint::models
