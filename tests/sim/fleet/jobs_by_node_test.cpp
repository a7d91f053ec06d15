#include "sim/fleet/jobs_by_node.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {

TEST_CASE("a node knows the jobs that hold its GPUs and which holds a GPU") {
  JobsByNode jobs(3, 8);
  const models::Allocation large{.gpus = 10, .nodes = {2, 0}};
  jobs.add(7, large);
  jobs.add(3, {.gpus = 4, .nodes = {0}});
  CHECK(jobs.on(2).size() == 1);
  CHECK(jobs.on(0).size() == 2);
  CHECK(jobs.on(1).empty());
  // Of node 0: four GPUs of job 3, two of job 7, two free.
  CHECK(jobs.job_at(0, 0.49) == 3);
  CHECK(jobs.job_at(0, 0.51) == 7);
  CHECK_FALSE(jobs.job_at(0, 0.76).has_value());
  CHECK(jobs.job_at(2, 0.99) == 7);
  jobs.remove(7, large);
  CHECK(jobs.on(2).empty());
  CHECK(jobs.on(0).size() == 1);
}

}  // namespace chokepoint::sim
