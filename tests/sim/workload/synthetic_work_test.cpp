#include "sim/workload/synthetic_work.hpp"

#include <doctest/doctest.h>

#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {
namespace {

/// 32 GPUs.
FleetSpec small_fleet() {
  FleetSpec fleet;
  fleet.server.gpus = 8;
  fleet.tenants = {{.name = {}, .nodes = 4}};
  return fleet;
}

}  // namespace

TEST_CASE("a synthetic work tells how many users it has") {
  SyntheticSetup setup{.users = {{.name = "a"}, {.name = "b"}}};
  CHECK(SyntheticWork(setup).words(small_fleet()).starts_with("jobs by chance of 2 users, one every"));
  CHECK(SyntheticWork(setup).owner_names() == std::vector<std::string>{"a", "b"});
  setup.users.pop_back();
  CHECK(SyntheticWork(setup).words(small_fleet()).starts_with("jobs by chance of one user, one every"));
}

TEST_CASE("jobs that all come before one ends are told by their hours, others by the GPUs they keep busy") {
  SyntheticSetup setup{.mean_interval_s = 0.001, .median_duration_s = 3600.0, .log_sd = 0.0, .sizes = {{1, 1}, {7, 1}}};
  setup.jobs = 20;
  // 20 jobs of 4 GPUs on average for an hour.
  CHECK(SyntheticWork(setup).words(small_fleet()) ==
        "jobs by chance, one every 0.001 seconds on average, of 60 minutes at the median: 20 in all, 80 GPU-hours on "
        "average");
  // One every hour: each has its turn, 4 GPUs busy.
  setup.mean_interval_s = 3600.0;
  const std::string busy =
      "jobs by chance, one every 60 minutes on average, of 60 minutes at the median: 4 GPUs busy on average if none "
      "had to wait, 12 % of the fleet";
  CHECK(SyntheticWork(setup).words(small_fleet()) == busy);
  setup.jobs = SyntheticSetup{}.jobs;
  CHECK(SyntheticWork(setup).words(small_fleet()) == busy);
  // Arrivals for half an hour, one a minute.
  setup.mean_interval_s = 60.0;
  setup.until_s = 1800.0;
  CHECK(SyntheticWork(setup).words(small_fleet()).ends_with("30 in all, 120 GPU-hours on average"));
  setup.until_s = 7200.0;
  CHECK(SyntheticWork(setup)
            .words(small_fleet())
            .ends_with("240 GPUs busy on average if none had to wait, 750 % of the fleet"));
}

}  // namespace chokepoint::sim
