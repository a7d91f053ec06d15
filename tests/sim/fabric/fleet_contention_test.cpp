#include "sim/fabric/fleet_contention.hpp"

#include <map>

#include <doctest/doctest.h>

#include "sim/fabric/flow_network.hpp"
#include "sim/fleet/job_list.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

struct ThinFleet {
  std::vector<TenantNodes> tenants{{.name = "all", .nodes = 4}};
  std::string placement = "first-fit";
  std::string scheduler = "fifo";
  models::Fabric fabric{models::FabricKind::fat_tree, 2, 2.0};
  bool shares_network = true;
  double communication_share = 0.5;
};

/// By job: when it starts, when it ends and what it drew; behind them the energy of the site's computers, and
/// GPU-seconds at work and waiting.
std::vector<double> told(const ThinFleet& thin, std::vector<Job> jobs) {
  return tests::in_child([&] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source(jobs);
    Outcomes outcomes;
    const int gpus_per_node = 8;
    FleetContention contention(kernel, {.fabric = thin.fabric,
                                        .tenants = thin.tenants,
                                        .gpus_per_node = gpus_per_node,
                                        .communication_share = thin.communication_share});
    Fleet fleet(kernel, site,
                {.name = "fleet",
                 .power = {.gpus = gpus_per_node, .by_state_w = {0.0, 0.0, 300.0, 800.0, 800.0, 0.0}},
                 .tenants = thin.tenants,
                 .scheduler = thin.scheduler,
                 .placement = thin.placement,
                 .fabric = thin.fabric},
                1, source, outcomes);
    if (thin.shares_network) fleet.watch_work(contention);
    kernel.run();
    site.advance();
    std::vector<double> numbers(3 * jobs.size());
    for (const JobOutcome& outcome : outcomes.jobs) {
      numbers[3 * outcome.job.index] = outcome.start_s;
      numbers[3 * outcome.job.index + 1] = outcome.end_s;
      numbers[3 * outcome.job.index + 2] = outcome.energy_j;
    }
    numbers.push_back(contention.worked_gpu_s());
    numbers.push_back(contention.waited_gpu_s());
    return numbers;
  });
}

/// Sum over jobs of the time from start to end, over their durations.
double mean_slowdown(const std::vector<Job>& jobs, const std::vector<double>& numbers) {
  double sum = 0.0;
  for (const Job& job : jobs) sum += (numbers[3 * job.index + 1] - numbers[3 * job.index]) / job.duration_s;
  return sum / static_cast<double>(jobs.size());
}

std::vector<Job> wide_jobs(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 chance(seed);
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < count; ++i)
    jobs.push_back({.index = i,
                    .submit_s = static_cast<double>(chance() % 20000),
                    .duration_s = static_cast<double>(100 + chance() % 2000),
                    .gpus = static_cast<std::int32_t>(8 * (1 + chance() % 4))});
  return jobs;
}

}  // namespace

TEST_CASE("two jobs across one uplink end when half of it each, then all of it for one, has carried them") {
  // Spread over leaves {0, 1} and {2, 3}: both jobs cross cables for one node, so that each gets half while both run.
  // The first job fills nodes 0, 2 by waiting for no other; nodes 1 and 3 are left for the second.
  const std::vector<Job> fillers{{.index = 0, .submit_s = 0.0, .duration_s = 10.0, .gpus = 8},
                                 {.index = 1, .submit_s = 0.0, .duration_s = 1e4, .gpus = 8},
                                 {.index = 2, .submit_s = 0.0, .duration_s = 10.0, .gpus = 8},
                                 {.index = 3, .submit_s = 1.0, .duration_s = 1e4, .gpus = 8}};
  std::vector<Job> jobs = fillers;
  jobs[1].duration_s = 20.0;
  jobs[3].duration_s = 19.0;
  // Nodes 0 and 2 are free from 10 s on, nodes 1 and 3 from 20 s on.
  jobs.push_back({.index = 4, .submit_s = 10.0, .duration_s = 1010.0, .gpus = 16});
  jobs.push_back({.index = 5, .submit_s = 20.0, .duration_s = 2000.0, .gpus = 16});
  const auto numbers = told({}, jobs);
  CHECK(numbers[3 * 4] == 10.0);
  CHECK(numbers[3 * 5] == 20.0);
  // At 20 s 1,000 s are left of the first: 1 / (0.5 + 0.5 x 2) = 2/3 of the speed, 1,500 s; the second then has done
  // 1,000 s and goes on alone.
  CHECK(numbers[3 * 4 + 1] == doctest::Approx(1520.0));
  CHECK(numbers[3 * 5 + 1] == doctest::Approx(2520.0));
  // Energy is power over the time that they took: 100 W a GPU.
  CHECK(numbers[3 * 4 + 2] == doctest::Approx(1510.0 * 1600.0));
  CHECK(numbers[3 * 6] == doctest::Approx(16.0 * (1510.0 + 2500.0)));
  CHECK(numbers[3 * 6 + 1] == doctest::Approx(16.0 * 500.0 * 2));
}

TEST_CASE("a job under one leaf is not slowed and slows no other") {
  const std::vector<Job> jobs{{.index = 0, .duration_s = 1000.0, .gpus = 16},
                              {.index = 1, .duration_s = 700.0, .gpus = 16}};
  const auto numbers = told({.placement = "topology", .communication_share = 1.0}, jobs);
  CHECK(numbers[1] == 1000.0);
  CHECK(numbers[4] == 700.0);
  CHECK(numbers[7] == 0.0);
}

TEST_CASE("a job's own share of communication goes before that of the fleet") {
  std::vector<Job> jobs{{.index = 0, .duration_s = 1000.0, .gpus = 24, .communication_share = 0.25}};
  const ThinFleet thin{.fabric = {models::FabricKind::fat_tree, 2, 4.0}};
  // Cables of half a node: twice the time for a quarter of the work.
  CHECK(told(thin, jobs)[1] == doctest::Approx(1250.0));
  jobs[0].communication_share = 0.0;
  CHECK(told(thin, jobs)[1] == 1000.0);
  jobs[0].communication_share = -1.0;
  CHECK(told(thin, jobs)[1] == doctest::Approx(1500.0));
}

TEST_CASE("on a fabric that never blocks all is as without a network to the last bit") {
  const auto jobs = wide_jobs(3, 200);
  for (const char* placement : {"best-fit", "spread", "topology"}) {
    ThinFleet thin{.tenants = {{.name = "all", .nodes = 16}}, .placement = placement};
    thin.fabric = {models::FabricKind::fat_tree, 4, 1.0};
    auto with = told(thin, jobs);
    thin.shares_network = false;
    auto without = told(thin, jobs);
    CHECK(with.back() == 0.0);
    with.resize(3 * jobs.size());
    without.resize(3 * jobs.size());
    CHECK(with == without);
  }
}

TEST_CASE("under every scheduler all work gets done, by jobs that waited for no more than they were slowed") {
  const auto jobs = wide_jobs(5, 200);
  double work_gpu_s = 0.0;
  for (const Job& job : jobs)
    if (job.gpus > 8) work_gpu_s += job.gpus * job.duration_s;
  for (const char* scheduler : {"fifo", "sjf", "easy", "conservative", "priority", "fair-share"}) {
    CAPTURE(scheduler);
    ThinFleet thin{.tenants = {{.name = "all", .nodes = 16}}, .scheduler = scheduler};
    thin.fabric = {models::FabricKind::fat_tree, 4, 8.0};
    const auto numbers = told(thin, jobs);
    const double worked = numbers[3 * jobs.size()], waited = numbers[3 * jobs.size() + 1];
    CHECK(worked - waited == doctest::Approx(work_gpu_s));
    CHECK(waited > 0.0);
    CHECK(mean_slowdown(jobs, numbers) > 1.0);
  }
}

TEST_CASE("jobs placed by topology are slowed less on a thin fabric") {
  const auto jobs = wide_jobs(11, 400);
  std::map<std::string, double> slowdown;
  for (const char* placement : {"best-fit", "spread", "topology"}) {
    ThinFleet thin{.tenants = {{.name = "all", .nodes = 16}}, .placement = placement};
    thin.fabric = {models::FabricKind::fat_tree, 4, 8.0};
    slowdown[placement] = mean_slowdown(jobs, told(thin, jobs));
  }
  CHECK(slowdown["topology"] < slowdown["best-fit"]);
  CHECK(slowdown["topology"] < slowdown["spread"]);
}

TEST_CASE("fair paces are those of SimGrid") {
  std::mt19937_64 chance(13);
  for (int world = 0; world < 20; ++world) {
    std::vector<double> capacities;
    for (std::uint64_t i = 0; i < 2 + chance() % 6; ++i)
      capacities.push_back(1e6 * static_cast<double>(1 + chance() % 50));
    std::vector<models::FairFlow> flows;
    for (std::uint64_t i = 0; i < 2 + chance() % 10; ++i) {
      models::FairFlow flow{.links = {static_cast<std::uint32_t>(i % capacities.size())},
                            .most = 1e6 * static_cast<double>(1 + chance() % 30)};
      const auto other = static_cast<std::uint32_t>(chance() % capacities.size());
      if (other != flow.links[0]) flow.links.push_back(other);
      flows.push_back(flow);
    }
    const std::vector<double> paces = models::fair_paces(capacities, flows);
    // What moves at its fair pace for a second arrives then, all at once, so that no pace ever changes.
    const auto dates = tests::in_child([&] {
      Kernel kernel;
      // A flow's own limit is a link of its own.
      std::vector<double> links = capacities;
      for (const models::FairFlow& flow : flows) links.push_back(flow.most);
      FlowNetwork network(kernel, links, flows.size());
      struct Arrivals final : EventHandler {
        explicit Arrivals(Kernel& clock, std::size_t count) : kernel(clock), dates(count) {}
        void on_event(std::uint64_t flow) override { dates[flow] = kernel.now_s(); }
        Kernel& kernel;
        std::vector<double> dates;
      } arrivals(kernel, flows.size());
      for (std::size_t i = 0; i < flows.size(); ++i) {
        std::vector<models::LinkUse> uses{{.link = static_cast<int>(capacities.size() + i)}};
        for (const std::uint32_t link : flows[i].links) uses.push_back({.link = static_cast<int>(link)});
        network.start({.path = network.path(uses), .bytes = paces[i], .handler = &arrivals, .argument = i, .id = i});
      }
      kernel.run();
      return arrivals.dates;
    });
    for (const double date : dates) CHECK(date == doctest::Approx(1.0).epsilon(1e-6));
  }
}

}  // namespace chokepoint::sim
