#include "models/scheduling/conservative.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

struct PlannedJob {
  int submit_s = 0;
  int gpus = 1;
  int announced_s = 1;
  int lasts_s = 1;
};

/// A cluster second by second under the scheduler, and what each job was promised in the round in which it came.
class Cluster {
 public:
  Cluster(std::uint32_t nodes, std::int32_t gpus_per_node, const char* placement)
      : pool_(nodes, gpus_per_node), placement_(make_placement(placement)), plan_(pool_, *placement_) {}

  void run(const std::vector<PlannedJob>& jobs) {
    start_s.assign(jobs.size(), -1);
    promised_s.assign(jobs.size(), -1.0);
    std::size_t left = jobs.size();
    for (int now_s = 0; left > 0; ++now_s) {
      for (auto job = running_.begin(); job != running_.end();) {
        if (start_s[job->first] + jobs[job->first].lasts_s > now_s) {
          ++job;
          continue;
        }
        pool_.give_back(job->second);
        plan_.job_left(job->first, now_s);
        job = running_.erase(job);
        --left;
      }
      for (std::uint32_t job = 0; job < jobs.size(); ++job)
        if (jobs[job].submit_s == now_s)
          queue_.insert(now_s, {.job = job,
                                .gpus = jobs[job].gpus,
                                .submit_s = static_cast<double>(now_s),
                                .duration_s = static_cast<double>(jobs[job].announced_s)});
      decide(jobs, now_s);
      REQUIRE(now_s < 1'000'000);
    }
  }

  std::vector<int> start_s;
  std::vector<double> promised_s;

 private:
  void decide(const std::vector<PlannedJob>& jobs, int now_s) {
    std::vector<Start> starts;
    const auto find_running = [&] {
      std::vector<RunningJob> found;
      for (const auto& [job, allocation] : running_)
        found.push_back({.job = job,
                         .gpus = allocation.gpus,
                         .start_s = static_cast<double>(start_s[job]),
                         .remaining_s = static_cast<double>(start_s[job] + jobs[job].announced_s - now_s),
                         .allocation = &allocation});
      return found;
    };
    DecisionRound round(now_s, queue_, pool_, *placement_, {.available_w = 1e30, .per_gpu_w = 1.0}, starts,
                        {.find_running = find_running, .plan = &plan_});
    ConservativeBackfill().decide(round);
    for (const auto& entry : queue_)
      if (const auto* block = plan_.find(entry.job.job); block && promised_s[entry.job.job] < 0.0)
        promised_s[entry.job.job] = block->from_s;
    for (Start& start : starts) {
      start_s[start.position->job.job] = now_s;
      running_.emplace(start.position->job.job, std::move(start.allocation));
      queue_.erase(start.position);
    }
  }

  NodePool pool_;
  std::unique_ptr<Placement> placement_;
  ReservationPlan plan_;
  WaitingQueue queue_;
  std::map<std::uint32_t, Allocation> running_;
};

/// The reservations of the definition, in a table of every second and node: each job, in the order in which they come,
/// at the earliest second from which the placement finds nodes that are free to its end.
std::vector<int> table_of_reservations(std::uint32_t nodes, std::int32_t gpus_per_node, const char* name,
                                       const std::vector<PlannedJob>& jobs) {
  const auto placement = make_placement(name);
  const std::size_t rows = placement->counts_only() ? 1 : nodes;
  const int capacity = placement->counts_only() ? static_cast<int>(nodes) * gpus_per_node : gpus_per_node;
  std::vector<std::vector<int>> used(rows, std::vector<int>(20'000, 0));
  std::vector<std::size_t> order(jobs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t job) { return jobs[job].submit_s; });
  std::vector<int> starts(jobs.size(), -1);
  for (const std::size_t index : order) {
    const PlannedJob& job = jobs[index];
    for (int from_s = job.submit_s; starts[index] < 0; ++from_s) {
      std::vector<int> free(rows, capacity);
      for (std::size_t row = 0; row < rows; ++row)
        for (int at_s = from_s; at_s < from_s + job.announced_s; ++at_s)
          free[row] = std::min(free[row], capacity - used[row][static_cast<std::size_t>(at_s)]);
      Allocation got;
      if (placement->counts_only()) {
        if (free[0] < job.gpus) continue;
        got.gpus = job.gpus;
      } else {
        NodePool pool(nodes, gpus_per_node);
        for (std::uint32_t node = 0; node < nodes; ++node)
          if (free[node] < capacity) pool.take(node, capacity - free[node]);
        if (!placement->place(pool, job.gpus, got)) continue;
      }
      starts[index] = from_s;
      for (int at_s = from_s; at_s < from_s + job.announced_s; ++at_s) {
        if (got.nodes.empty()) used[0][static_cast<std::size_t>(at_s)] += job.gpus;
        int rest = job.gpus;
        for (const std::uint32_t node : got.nodes) {
          used[node][static_cast<std::size_t>(at_s)] += std::min(rest, capacity);
          rest -= capacity;
        }
      }
    }
  }
  return starts;
}

struct RandomCluster {
  std::uint32_t nodes;
  std::int32_t gpus_per_node;
  std::vector<PlannedJob> jobs;
};

/// `shortest_share` of what was announced is the least that a job lasts, `longest_share` the most.
RandomCluster random_cluster(std::uint32_t seed, double shortest_share, double longest_share) {
  std::mt19937 random(seed);
  const auto draw = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
  };
  RandomCluster cluster{.nodes = static_cast<std::uint32_t>(draw(1, 7)), .gpus_per_node = draw(1, 8), .jobs = {}};
  const int most = static_cast<int>(cluster.nodes) * cluster.gpus_per_node;
  const int count = draw(5, 60);
  const int span_s = draw(1, 300);
  for (int i = 0; i < count; ++i) {
    PlannedJob job{.submit_s = draw(0, span_s),
                   .gpus = draw(0, 2) == 0 ? draw(1, most) : draw(1, std::min(most, 4)),
                   .announced_s = draw(1, 80)};
    const double share = shortest_share + (longest_share - shortest_share) * draw(0, 100) / 100.0;
    job.lasts_s = std::max(1, static_cast<int>(job.announced_s * share));
    cluster.jobs.push_back(job);
  }
  return cluster;
}

constexpr const char* placements[] = {"pooled", "best-fit", "first-fit"};

}  // namespace

TEST_CASE("conservative gives every job the earliest date that delays none before it") {
  // Four GPUs. Job 0 holds two to 10 s. Job 1 wants four: at 10 s. Job 2 wants two for 10 s: at once, it ends in time.
  // Job 3 wants two for 11 s, which job 1 would have to wait for: after it, at 20 s; EASY would give it the same. Job 4
  // wants three for 5 s: 10 and 15 s are job 1's, at 20 s two are job 3's: at 31 s. Job 5 wants two for 11 s: at 20 s
  // beside job 3. Job 6 wants one for 20 s: at 20 s and to 31 s all are taken, and then one is left beside job 4.
  Cluster cluster(1, 4, "pooled");
  cluster.run({{.submit_s = 0, .gpus = 2, .announced_s = 10, .lasts_s = 10},
               {.submit_s = 1, .gpus = 4, .announced_s = 10, .lasts_s = 10},
               {.submit_s = 1, .gpus = 2, .announced_s = 9, .lasts_s = 9},
               {.submit_s = 2, .gpus = 2, .announced_s = 11, .lasts_s = 11},
               {.submit_s = 2, .gpus = 3, .announced_s = 5, .lasts_s = 5},
               {.submit_s = 3, .gpus = 2, .announced_s = 11, .lasts_s = 11},
               {.submit_s = 3, .gpus = 1, .announced_s = 20, .lasts_s = 20}});
  CHECK(cluster.start_s == std::vector<int>{0, 10, 1, 20, 31, 20, 31});
}

TEST_CASE("conservative holds a job back that EASY starts because it delays one behind the head") {
  // Four GPUs, two held to 10 s. The head wants three: at 10 s to 20 s. The next wants four: at 20 s. One for 100 s on
  // the GPU that the head leaves would make the second wait until it ends.
  Cluster cluster(1, 4, "pooled");
  cluster.run({{.submit_s = 0, .gpus = 2, .announced_s = 10, .lasts_s = 10},
               {.submit_s = 1, .gpus = 3, .announced_s = 10, .lasts_s = 10},
               {.submit_s = 1, .gpus = 4, .announced_s = 10, .lasts_s = 10},
               {.submit_s = 1, .gpus = 1, .announced_s = 100, .lasts_s = 100}});
  CHECK(cluster.start_s == std::vector<int>{0, 10, 20, 30});
}

TEST_CASE("a job that ends early moves reservations forward in order of submission") {
  // Job 0 was announced to 100 s and ends at 10: job 1 moves from 100 s to 10 s, job 2 from 200 s to 20 s.
  Cluster cluster(1, 4, "pooled");
  cluster.run({{.submit_s = 0, .gpus = 4, .announced_s = 100, .lasts_s = 10},
               {.submit_s = 1, .gpus = 4, .announced_s = 100, .lasts_s = 10},
               {.submit_s = 1, .gpus = 1, .announced_s = 150, .lasts_s = 10}});
  CHECK(cluster.promised_s == std::vector<double>{0.0, 100.0, 200.0});
  CHECK(cluster.start_s == std::vector<int>{0, 10, 20});
}

TEST_CASE("conservative starts every job at its place in a table of reservations where durations are exact") {
  std::size_t waited = 0;
  for (const char* placement : placements)
    for (std::uint32_t seed = 1; seed <= 400; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      const RandomCluster random = random_cluster(seed, 1.0, 1.0);
      Cluster cluster(random.nodes, random.gpus_per_node, placement);
      cluster.run(random.jobs);
      REQUIRE(cluster.start_s == table_of_reservations(random.nodes, random.gpus_per_node, placement, random.jobs));
      for (std::size_t job = 0; job < random.jobs.size(); ++job)
        waited += cluster.start_s[job] > random.jobs[job].submit_s ? 1 : 0;
    }
  CHECK(waited > 5000);
}

TEST_CASE("no job under conservative starts later than it was promised where others end early") {
  std::size_t sooner = 0;
  for (const char* placement : placements)
    for (std::uint32_t seed = 1; seed <= 400; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      const RandomCluster random = random_cluster(seed, 0.1, 1.0);
      Cluster cluster(random.nodes, random.gpus_per_node, placement);
      cluster.run(random.jobs);
      for (std::size_t job = 0; job < random.jobs.size(); ++job) {
        REQUIRE(cluster.start_s[job] <= cluster.promised_s[job]);
        sooner += cluster.start_s[job] < cluster.promised_s[job] ? 1 : 0;
      }
    }
  CHECK(sooner > 3000);
}

TEST_CASE("conservative lives with jobs that last longer than announced") {
  for (const char* placement : placements)
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
      CAPTURE(placement);
      CAPTURE(seed);
      const RandomCluster random = random_cluster(seed, 0.5, 3.0);
      Cluster cluster(random.nodes, random.gpus_per_node, placement);
      cluster.run(random.jobs);
      CHECK(std::ranges::none_of(cluster.start_s, [](int start_s) { return start_s < 0; }));
    }
}

}  // namespace chokepoint::models
