#include <cmath>
#include <map>
#include <optional>

#include <doctest/doctest.h>

#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

/// A random world whose first fleet has one or two further generations.
RandomWorldSetup mixed_world(std::uint64_t seed, ShedPolicy shed, const std::string& scheduler) {
  RandomWorldSetup world = random_world(seed, shed, seed % 5 != 0);
  std::mt19937_64 chance(seed);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(chance() >> 11) * 0x1.0p-53;
  };
  FleetSetup& fleet = world.fleets.front();
  fleet.scheduler = scheduler;
  fleet.placement = std::array{"best-fit", "first-fit", "pooled"}[seed % 3];
  fleet.speed = uniform(0.5, 3.0);
  double more_w = 0.0;
  for (std::uint64_t i = 0; i < 1 + seed % 2; ++i) {
    const auto gpus = static_cast<int>(1 + chance() % 8);
    const double idle = gpus * uniform(50.0, 200.0);
    const double computing = idle + gpus * uniform(100.0, 600.0);
    const double allocated = uniform(idle, computing);
    const auto nodes = static_cast<std::uint32_t>(1 + chance() % 6);
    fleet.further.push_back({.power = {.gpus = gpus, .by_state_w = {0.0, idle, allocated, computing, computing, idle}},
                             .nodes = nodes,
                             .speed = uniform(0.2, 2.0)});
    more_w += 2.0 * nodes * allocated;
  }
  // So that slowing and suspending can hold the limits.
  if (world.site.limit_w < 1e30) world.site.limit_w += more_w;
  for (Curtailment& window : world.site.curtailments) window.limit_w += more_w;
  for (Job& job : world.jobs.front()) {
    job.priority = static_cast<std::int32_t>(chance() % 3);
    job.intensity = uniform(0.0, 1.0);
  }
  return world;
}

std::vector<double> starts(const FleetSetup& setup, const std::vector<Job>& jobs) {
  return tests::in_child([&] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source(jobs);
    Outcomes outcomes;
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    std::vector<double> found(jobs.size());
    for (const JobOutcome& job : outcomes.jobs) found[job.job.index] = job.start_s;
    return found;
  });
}

const models::ServerPower slow_power{.gpus = 4, .by_state_w = {0, 400, 800, 1600, 1600, 400}};
const models::ServerPower fast_power{.gpus = 8, .by_state_w = {0, 1600, 2400, 5600, 5600, 1600}};

}  // namespace

TEST_CASE("a job takes the first generation that has room and the time and power of its servers") {
  const auto found = tests::in_child([] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source({{.index = 0, .duration_s = 100.0, .gpus = 8}, {.index = 1, .duration_s = 100.0, .gpus = 3}});
    Outcomes outcomes;
    const FleetSetup setup{.name = "mixed",
                           .power = fast_power,
                           .speed = 2.0,
                           .tenants = {{.name = "all", .nodes = 1}},
                           .further = {{.power = slow_power, .nodes = 2, .speed = 0.5}}};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    site.advance();
    const JobOutcome& fast = outcomes.jobs[0];
    const JobOutcome& slow = outcomes.jobs[1];
    return std::vector{static_cast<double>(fast.generation),
                       fast.end_s,
                       fast.energy_j,
                       static_cast<double>(slow.generation),
                       slow.end_s,
                       slow.energy_j,
                       fleet.loads()[0].energy_j(PowerState::idle),
                       fleet.loads()[1].energy_j(PowerState::idle),
                       site.it_energy_j()};
  });
  // 5600 W for 50 s; three slots of 400 W for 200 s; a server of 1600 W idle for 150 s, five slots of 100 W for 200 s.
  CHECK(found == std::vector{0.0, 50.0, 280000.0, 1.0, 200.0, 240000.0, 240000.0, 100000.0, 860000.0});
}

TEST_CASE("two generations that are alike are one fleet to jobs of one GPU") {
  for (const std::string scheduler : {"fifo", "sjf", "srtf", "priority", "easy"})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      CAPTURE(scheduler);
      CAPTURE(seed);
      std::mt19937_64 chance(seed);
      auto jobs = random_jobs(chance, {.jobs = 200, .most_gpus = 1, .span_s = 1000.0});
      for (Job& job : jobs) job.priority = static_cast<std::int32_t>(chance() % 3);
      FleetSetup one{.name = "one",
                     .power = slow_power,
                     .tenants = {{.name = "all", .nodes = 10}},
                     .scheduler = scheduler,
                     .placement = "pooled"};
      FleetSetup two = one;
      two.tenants.front().nodes = 4;
      two.further = {{.power = slow_power, .nodes = 6}};
      CHECK(starts(two, jobs) == starts(one, jobs));
    }
}

TEST_CASE("work and energy and GPUs of every generation are conserved under every scheduler and limit") {
  for (const std::string scheduler : {"fifo", "sjf", "srtf", "priority", "easy"})
    for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend})
      for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        CAPTURE(scheduler);
        CAPTURE(static_cast<int>(shed));
        CAPTURE(seed);
        const RandomWorldSetup setup = mixed_world(seed, shed, scheduler);
        const auto found = tests::in_child([&] {
          RandomWorld world(setup);
          double violations = 0.0;
          world.run([&] {
            for (const auto& fleet : world.fleets())
              for (const FleetLoad& load : fleet->loads())
                if (load.allocated() + load.count(PowerState::idle) != load.gpus()) violations += 1.0;
          });
          double parts_j = setup.site.it_load_w * setup.end_s;
          double outcomes = 0.0;
          for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
            for (const FleetLoad& load : world.fleets()[i]->loads()) parts_j += load.energy_j(PowerState::idle);
            for (const JobOutcome& job : world.outcomes(i).jobs) parts_j += job.energy_j;
            outcomes += static_cast<double>(world.outcomes(i).jobs.size());
          }
          // Without limits and preemption each job takes just its time on its generation.
          if (!world.site().limited() && (scheduler == "fifo" || scheduler == "easy"))
            for (const JobOutcome& job : world.outcomes(0).jobs) {
              const FleetSetup& fleet = setup.fleets.front();
              const double speed = job.generation == 0 ? fleet.speed : fleet.further[job.generation - 1].speed;
              const double took_s = job.job.duration_s / speed;
              if (job.end_s >= 0.0 && std::abs(job.end_s - job.start_s - took_s) > 1e-9 * (job.end_s + 1.0))
                violations += 1.0;
            }
          if (shed != ShedPolicy::hold) violations += world.site().energy_over_limit_j();
          return std::vector{parts_j, world.site().it_energy_j(), violations, outcomes};
        });
        CHECK(found[0] == doctest::Approx(found[1]).epsilon(1e-9));
        CHECK(found[2] == 0.0);
        CHECK(found[3] == 100.0 * static_cast<double>(setup.fleets.size()));
      }
}

TEST_CASE("a node that fails takes the jobs of its own generation down") {
  const auto found = tests::in_child([] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source({{.index = 0, .duration_s = 100.0, .gpus = 8}, {.index = 1, .duration_s = 100.0, .gpus = 4}});
    Outcomes outcomes;
    const FleetSetup setup{.name = "mixed",
                           .power = fast_power,
                           .tenants = {{.name = "all", .nodes = 1}},
                           .further = {{.power = slow_power, .nodes = 1}}};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    struct Failure final : EventHandler {
      explicit Failure(Fleet& of) : fleet(of) {}
      void on_event(std::uint64_t node) override { fleet.take_node_down(static_cast<std::uint32_t>(node)); }
      Fleet& fleet;
    } failure(fleet);
    kernel.schedule({.time_s = 30.0, .phase = Phase::arrivals, .id = 9, .handler = &failure, .argument = 1});
    kernel.run();
    return std::vector{outcomes.jobs[0].end_s, static_cast<double>(outcomes.jobs[1].interruptions),
                       outcomes.jobs[1].end_s, static_cast<double>(outcomes.jobs[1].generation),
                       static_cast<double>(fleet.loads()[1].count(PowerState::off))};
  });
  // It starts again when the other has left.
  CHECK(found == std::vector{100.0, 1.0, 200.0, 0.0, 4.0});
}

}  // namespace chokepoint::sim
