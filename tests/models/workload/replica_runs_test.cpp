#include "models/workload/replica_runs.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("replicas that started last leave first") {
  const std::vector<std::int64_t> replicas{2, 5, 3, 3, 4, 0, 1};
  CHECK(replica_runs(replicas) == std::vector<ReplicaRun>{{.first = 0, .end = 5, .count = 2},
                                                          {.first = 1, .end = 5, .count = 1},
                                                          {.first = 1, .end = 2, .count = 2},
                                                          {.first = 4, .end = 5, .count = 1},
                                                          {.first = 6, .end = 7, .count = 1}});
  CHECK(replica_runs({}).empty());
}

TEST_CASE("runs of replicas add up to their number and no more are started than it rises") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    std::vector<std::int64_t> replicas(chance() % 60);
    for (std::int64_t& number : replicas) number = static_cast<std::int64_t>(chance() % 9);
    std::vector<std::int64_t> up(replicas.size(), 0);
    std::int64_t started = 0;
    for (const ReplicaRun& run : replica_runs(replicas)) {
      REQUIRE(run.first < run.end);
      REQUIRE(run.end <= replicas.size());
      CHECK(run.count > 0);
      started += run.count;
      for (std::size_t step = run.first; step < run.end; ++step) up[step] += run.count;
    }
    CHECK(up == replicas);
    std::int64_t rises = 0;
    for (std::size_t step = 0; step < replicas.size(); ++step)
      rises += std::max<std::int64_t>(0, replicas[step] - (step == 0 ? 0 : replicas[step - 1]));
    CHECK(started == rises);
  }
}

}  // namespace chokepoint::models
