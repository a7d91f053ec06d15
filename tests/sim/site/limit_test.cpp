#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::uint64_t limit_seeds = 100;
constexpr double rounding = 1e-9;

/// A world as it stands once all events of a date have happened.
struct Moment {
  double time_s = 0.0;
  double power_w = 0.0;
  double limit_w = 0.0;
  double speed = 1.0;
  struct FleetState {
    std::int64_t held = 0;
    std::int64_t free = 0;
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::size_t finished = 0;
  };
  std::vector<FleetState> fleets;
};

std::vector<Moment> run_and_watch(RandomWorld& world) {
  std::vector<Moment> moments;
  world.run([&] {
    const double now_s = world.kernel().now_s();
    if (moments.empty() || moments.back().time_s != now_s) moments.emplace_back();
    Moment moment{.time_s = now_s, .power_w = world.site().facility_power_w(), .limit_w = world.limit_w(now_s)};
    for (std::size_t i = 0; i < world.fleets().size(); ++i) {
      const FleetLoad& load = world.fleets()[i]->load();
      moment.speed = load.speed();
      moment.fleets.push_back({.held = load.allocated(),
                               .free = load.count(models::PowerState::idle),
                               .waiting = load.waiting_jobs,
                               .running = load.running_jobs,
                               .finished = world.outcomes(i).finished});
    }
    moments.back() = moment;
  });
  return moments;
}

struct Counted {
  std::int64_t held = 0;
  std::int64_t waiting = 0;
  std::int64_t running = 0;
  std::size_t finished = 0;
  /// First in the queue.
  const JobOutcome* head = nullptr;
};

/// What the outcomes of a fleet's jobs say of a date, counted one by one.
Counted count(const Outcomes& outcomes, double time_s) {
  Counted counted;
  for (const JobOutcome& job : outcomes.jobs) {
    if (job.job.submit_s > time_s) continue;
    const bool started = job.start_s >= 0.0 && job.start_s <= time_s;
    const bool ended = job.end_s >= 0.0 && job.end_s <= time_s;
    if (ended) {
      ++counted.finished;
    } else if (started) {
      ++counted.running;
      counted.held += job.job.gpus;
    } else {
      ++counted.waiting;
      const auto before = [](const Job& a, const Job& b) {
        return a.submit_s < b.submit_s || (a.submit_s == b.submit_s && a.index < b.index);
      };
      if (counted.head == nullptr || before(job.job, counted.head->job)) counted.head = &job;
    }
  }
  return counted;
}

void for_seeds(ShedPolicy shed, const std::function<double(RandomWorld&)>& violations) {
  for (std::uint64_t seed = 1; seed <= limit_seeds; ++seed) {
    CAPTURE(seed);
    CAPTURE(static_cast<int>(shed));
    const RandomWorldSetup setup = random_world(seed, shed, true);
    CHECK(tests::in_child([&] {
            RandomWorld world(setup);
            return std::vector{violations(world)};
          })[0] == 0.0);
  }
}

}  // namespace

TEST_CASE("jobs and GPUs are conserved at every event") {
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend}) {
    for_seeds(shed, [](RandomWorld& world) {
      double violations = 0.0;
      for (const Moment& moment : run_and_watch(world)) {
        for (std::size_t i = 0; i < moment.fleets.size(); ++i) {
          const auto& state = moment.fleets[i];
          const Counted counted = count(world.outcomes(i), moment.time_s);
          const bool right = state.held + state.free == world.fleets()[i]->load().gpus() &&
                             state.held == counted.held && state.waiting == counted.waiting &&
                             state.running == counted.running && state.finished == counted.finished;
          if (!right) violations += 1.0;
        }
      }
      for (std::size_t i = 0; i < world.fleets().size(); ++i)
        if (world.outcomes(i).jobs.size() != world.setup().jobs[i].size()) violations += 1.0;
      return violations;
    });
  }
}

TEST_CASE("slowing down and suspending never let a site draw more than its limit") {
  for (const ShedPolicy shed : {ShedPolicy::slow, ShedPolicy::suspend}) {
    for_seeds(shed, [](RandomWorld& world) {
      double violations = 0.0;
      for (const Moment& moment : run_and_watch(world))
        if (moment.power_w > moment.limit_w * (1.0 + rounding)) violations += 1.0;
      return violations + world.site().energy_over_limit_j();
    });
  }
}

TEST_CASE("holding starts no job above the limit") {
  for_seeds(ShedPolicy::hold, [](RandomWorld& world) {
    double violations = 0.0;
    const auto moments = run_and_watch(world);
    for (const Moment& moment : moments) {
      if (moment.power_w <= moment.limit_w * (1.0 + rounding)) continue;
      for (std::size_t i = 0; i < world.fleets().size(); ++i)
        for (const JobOutcome& job : world.outcomes(i).jobs)
          if (job.start_s == moment.time_s && job.end_s != moment.time_s) violations += 1.0;
    }
    return violations;
  });
}

TEST_CASE("holding leaves no job waiting whose GPUs and power are to be had") {
  for_seeds(ShedPolicy::hold, [](RandomWorld& world) {
    double violations = 0.0;
    for (const Moment& moment : run_and_watch(world)) {
      for (std::size_t i = 0; i < moment.fleets.size(); ++i) {
        const JobOutcome* head = count(world.outcomes(i), moment.time_s).head;
        if (head == nullptr || head->job.gpus > moment.fleets[i].free) continue;
        // A watt of IT power is at least a watt of the facility's: what it adds at least and at most at a PUE up to 2.
        const double added_w = head->job.gpus * world.fleets()[i]->load().work_increment_w();
        if (moment.power_w + 2.0 * added_w < moment.limit_w) violations += 1.0;
      }
    }
    return violations;
  });
}

TEST_CASE("a job's work is its duration whatever slowed it down") {
  for_seeds(ShedPolicy::slow, [](RandomWorld& world) {
    const auto moments = run_and_watch(world);
    double violations = 0.0;
    for (std::size_t i = 0; i < world.fleets().size(); ++i) {
      const FleetLoad& load = world.fleets()[i]->load();
      for (const JobOutcome& job : world.outcomes(i).jobs) {
        if (job.end_s < 0.0) continue;
        double work_s = 0.0;
        double energy_j = 0.0;
        for (std::size_t m = 0; m < moments.size(); ++m) {
          const double until_s = m + 1 < moments.size() ? moments[m + 1].time_s : job.end_s;
          const double elapsed_s = std::min(until_s, job.end_s) - std::max(moments[m].time_s, job.start_s);
          if (elapsed_s <= 0.0) continue;
          work_s += moments[m].speed * elapsed_s;
          const double slot_w = load.slot_w(models::PowerState::idle) +
                                world.setup().site.power_cap.dynamic_share(moments[m].speed) * load.work_increment_w();
          energy_j += job.job.gpus * slot_w * elapsed_s;
        }
        if (std::abs(work_s - job.job.duration_s) > 1e-6) violations += 1.0;
        if (std::abs(energy_j - job.energy_j) > 1e-8 * (1.0 + energy_j)) violations += 1.0;
      }
    }
    return violations;
  });
}

TEST_CASE("a suspended job loses no work") {
  for_seeds(ShedPolicy::suspend, [](RandomWorld& world) {
    world.run();
    double violations = 0.0;
    for (std::size_t i = 0; i < world.fleets().size(); ++i) {
      const FleetLoad& load = world.fleets()[i]->load();
      const double computing_w = load.slot_w(models::PowerState::computing);
      const double allocated_w = load.slot_w(models::PowerState::allocated);
      for (const JobOutcome& job : world.outcomes(i).jobs) {
        if (job.end_s < 0.0) continue;
        // Whatever it did not compute of its time it was suspended for.
        const double suspended_s = job.end_s - job.start_s - job.job.duration_s;
        const double energy_j = job.job.gpus * (computing_w * job.job.duration_s + allocated_w * suspended_s);
        if (suspended_s < -1e-6 || std::abs(energy_j - job.energy_j) > 1e-8 * (1.0 + energy_j)) violations += 1.0;
      }
    }
    return violations;
  });
}

TEST_CASE("a job that ends when power is curtailed has ended") {
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend}) {
    RandomWorldSetup setup;
    setup.site = {.name = "site", .curtailments = {{.from_s = 100.0, .until_s = 500.0, .limit_w = 10.0}}, .shed = shed};
    setup.fleets = {{.name = "fleet",
                     .power = {.gpus = 1, .by_state_w = {0, 1, 2, 20, 20, 2}},
                     .tenants = {{.name = "all", .nodes = 1}}}};
    setup.jobs = {{{.index = 0, .submit_s = 0.0, .duration_s = 100.0, .gpus = 1}}};
    CHECK(tests::in_child([&] {
            RandomWorld world(setup);
            world.run();
            return std::vector{world.outcomes(0).jobs[0].end_s};
          })[0] == 100.0);
  }
}

TEST_CASE("no job of any fleet starts while one of the site is suspended") {
  RandomWorldSetup setup;
  setup.site = {.name = "site",
                .curtailments = {{.from_s = 100.0, .until_s = 500.0, .limit_w = 100.0}},
                .shed = ShedPolicy::suspend};
  setup.fleets = {{.name = "large",
                   .power = {.gpus = 8, .by_state_w = {0, 8, 16, 160, 160, 16}},
                   .tenants = {{.name = "all", .nodes = 1}}},
                  {.name = "small",
                   .power = {.gpus = 1, .by_state_w = {0, 1, 2, 20, 20, 2}},
                   .tenants = {{.name = "all", .nodes = 1}}}};
  setup.jobs = {{{.index = 0, .submit_s = 0.0, .duration_s = 200.0, .gpus = 8}},
                {{.index = 0, .submit_s = 150.0, .duration_s = 10.0, .gpus = 1}}};
  CHECK(tests::in_child([&] {
          RandomWorld world(setup);
          world.run();
          return std::vector{world.outcomes(0).jobs[0].end_s, world.outcomes(1).jobs[0].start_s};
        }) == std::vector{600.0, 500.0});
}

TEST_CASE("a limit below the load beside the fleets stops all work and no more") {
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend}) {
    RandomWorldSetup setup;
    setup.site = {.name = "site",
                  .facility_load_w = 50.0,
                  .curtailments = {{.from_s = 100.0, .until_s = 500.0, .limit_w = 10.0}},
                  .shed = shed};
    setup.fleets = {{.name = "fleet",
                     .power = {.gpus = 1, .by_state_w = {0, 1, 2, 20, 20, 2}},
                     .tenants = {{.name = "all", .nodes = 1}}}};
    setup.jobs = {{{.index = 0, .submit_s = 150.0, .duration_s = 100.0, .gpus = 1}}};
    CHECK(tests::in_child([&] {
            RandomWorld world(setup);
            world.run();
            return std::vector{world.outcomes(0).jobs[0].end_s};
          })[0] >= (shed == ShedPolicy::slow ? 250.0 : 600.0));
  }
}

}  // namespace chokepoint::sim
