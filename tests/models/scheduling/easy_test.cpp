#include "models/scheduling/easy.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

/// One round of EASY over a pool on which jobs run, and what came of it.
struct Trial {
  NodePool pool;
  std::unique_ptr<Placement> placement;
  std::vector<Allocation> held{};
  std::vector<RunningJob> running{};
  WaitingQueue queue{};
  std::vector<Start> starts{};

  bool run(std::int32_t gpus, double remaining_s) {
    Allocation allocation;
    if (!placement->place(pool, gpus, allocation)) return false;
    held.push_back(allocation);
    running.push_back({.job = static_cast<std::uint32_t>(running.size()), .gpus = gpus, .remaining_s = remaining_s});
    return true;
  }
  void wait(std::int32_t gpus, double duration_s) {
    const WaitingJob job{.job = static_cast<std::uint32_t>(1000 + queue.size()),
                         .gpus = gpus,
                         .submit_s = static_cast<double>(queue.size()),
                         .duration_s = duration_s};
    queue.insert(EasyBackfill().rank(job), job);
  }
  void decide() {
    for (std::size_t i = 0; i < running.size(); ++i) running[i].allocation = &held[i];
    DecisionRound round(0.0, queue, pool, *placement, {.available_w = 1e30, .per_gpu_w = 1.0}, starts,
                        {.find_running = [this] { return running; }});
    EasyBackfill().decide(round);
  }
  [[nodiscard]] bool started(const WaitingJob& job) const {
    return std::ranges::any_of(starts, [&](const Start& start) { return start.position->job.job == job.job; });
  }
  /// The first date at which a job of `gpus` would fit if those that run now, and what the round started as far as
  /// `counted`, were all that there is.
  [[nodiscard]] double first_fit_s(std::int32_t gpus, std::size_t counted) const {
    NodePool later = pool;
    for (std::size_t i = counted; i < starts.size(); ++i) later.give_back(starts[i].allocation);
    std::vector<std::pair<double, const Allocation*>> ends;
    for (std::size_t i = 0; i < running.size(); ++i) ends.emplace_back(running[i].remaining_s, &held[i]);
    for (std::size_t i = 0; i < counted; ++i)
      ends.emplace_back(starts[i].position->job.duration_s, &starts[i].allocation);
    std::ranges::sort(ends);
    for (const auto& [end_s, allocation] : ends) {
      later.give_back(*allocation);
      NodePool tried = later;
      Allocation found;
      if (placement->place(tried, gpus, found)) return end_s;
    }
    return -1.0;
  }
};

Trial trial(std::uint32_t nodes, const char* placement) {
  return {.pool = NodePool(nodes, 4), .placement = make_placement(placement)};
}

std::vector<std::uint32_t> jobs(const Trial& trial) {
  std::vector<std::uint32_t> started;
  for (const Start& start : trial.starts) started.push_back(start.position->job.job - 1000);
  return started;
}

}  // namespace

TEST_CASE("easy fills a hole with what ends in time and with what the reservation leaves") {
  // Two nodes of 4: 4 GPUs for 10 s run. The head wants 6: its reservation is at 10 s and leaves 2.
  Trial table = trial(2, "pooled");
  REQUIRE(table.run(4, 10.0));
  table.wait(6, 100.0);
  table.wait(1, 11.0);  // outlasts it on one of the two left
  table.wait(2, 10.0);  // ends in time
  table.wait(2, 11.0);  // one is left beside the reservation
  table.wait(1, 99.0);  // takes that one
  table.wait(1, 1.0);   // nothing is free
  table.decide();
  CHECK(jobs(table) == std::vector<std::uint32_t>{1, 2, 4});
}

TEST_CASE("easy without a job that does not fit is first come first served") {
  Trial table = trial(2, "best-fit");
  table.wait(4, 5.0);
  table.wait(4, 5.0);
  table.wait(1, 1.0);
  table.decide();
  CHECK(jobs(table) == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("easy never delays the reservation of the head") {
  for (const char* placement : {"pooled", "best-fit", "first-fit"}) {
    int blocked = 0, backfilled = 0;
    for (std::uint32_t seed = 0; seed < 600; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      std::mt19937 random(seed);
      const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
      };
      Trial table = trial(static_cast<std::uint32_t>(draw(2, 8)), placement);
      for (int i = 0; i < 12; ++i) table.run(draw(1, 10), draw(1, 30));
      const int most = static_cast<int>(table.pool.gpus());
      for (int i = 0; i < 15; ++i) table.wait(std::min(most, draw(1, 14)), draw(1, 40));
      const NodePool empty(table.pool.nodes(), 4);
      if (!std::ranges::all_of(
              table.queue, [&](const auto& entry) { return table.placement->could_ever_fit(empty, entry.job.gpus); }))
        continue;
      table.decide();
      std::size_t in_order = 0;
      auto head = table.queue.begin();
      while (head != table.queue.end() && table.started(head->job)) ++head, ++in_order;
      if (head == table.queue.end()) continue;
      ++blocked;
      backfilled += static_cast<int>(table.starts.size() - in_order);
      CHECK(table.first_fit_s(head->job.gpus, table.starts.size()) <= table.first_fit_s(head->job.gpus, in_order));
    }
    CHECK(blocked > 300);
    CHECK(backfilled > 100);
  }
}

}  // namespace chokepoint::models
