#include <cmath>

#include <doctest/doctest.h>

#include "models/power/server_power_line.hpp"
#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

/// End and energy of a job of 100 s on one GPU that draws 100 W idle and 500 W computing.
std::vector<double> end_and_energy(double most_intensity, double intensity, double limit_w = 1e30) {
  return tests::in_child([&] {
    Kernel kernel;
    Site site(kernel, {.name = "site", .limit_w = limit_w, .shed = ShedPolicy::slow}, 0);
    JobList source({{.duration_s = 100.0, .gpus = 1, .intensity = intensity}});
    Outcomes outcomes;
    const FleetSetup setup{.name = "one",
                           .power = {.gpus = 1, .by_state_w = {0, 100, 200, 500, 500, 200}},
                           .tenants = {{.name = "all", .nodes = 1}},
                           .most_intensity = most_intensity};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    return std::vector{outcomes.jobs.front().end_s, outcomes.jobs.front().energy_j};
  });
}

}  // namespace

TEST_CASE("a cap at a quarter of the dynamic power doubles the time of a job") {
  // v = a^(1/2): 200 s at 100 + 100 W.
  CHECK(end_and_energy(0.25, 1.0) == std::vector{200.0, 40000.0});
  // A job of half the intensity keeps half of its own: v = sqrt(1/2).
  const auto half = end_and_energy(0.25, 0.5);
  CHECK(half[0] == doctest::Approx(100.0 * std::sqrt(2.0)).epsilon(1e-12));
  CHECK(half[1] == doctest::Approx(200.0 * 100.0 * std::sqrt(2.0)).epsilon(1e-12));
  // A site that slows work leaves a quarter of what the cap leaves: 125 W, and half of its speed.
  const auto slowed = end_and_energy(0.25, 1.0, 125.0);
  CHECK(slowed[0] == doctest::Approx(400.0).epsilon(1e-9));
  CHECK(slowed[1] == doctest::Approx(50000.0).epsilon(1e-9));
}

TEST_CASE("a lower cap takes longer and less energy above idleness and none above the draw changes anything") {
  const auto free = end_and_energy(std::numeric_limits<double>::infinity(), 1.0);
  CHECK(end_and_energy(1.0, 1.0) == free);
  CHECK(end_and_energy(1.7, 1.0) == free);
  double last_s = free[0];
  double last_j = free[1] - 100.0 * free[0];
  for (int step = 9; step >= 1; --step) {
    CAPTURE(step);
    const auto capped = end_and_energy(step / 10.0, 1.0);
    const double above_idle_j = capped[1] - 100.0 * capped[0];
    CHECK(capped[0] > last_s);
    CHECK(above_idle_j < last_j);
    CHECK(above_idle_j == doctest::Approx(40000.0 * std::sqrt(step / 10.0)).epsilon(1e-6));
    last_s = capped[0];
    last_j = above_idle_j;
  }
}

TEST_CASE("energy is conserved and limits hold under caps and random intensities") {
  for (const std::string scheduler : {"fifo", "srtf", "easy", "priority"})
    for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend})
      for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(scheduler);
        CAPTURE(static_cast<int>(shed));
        CAPTURE(seed);
        RandomWorldSetup setup = random_world(seed, shed, seed % 5 != 0);
        std::mt19937_64 chance(seed);
        for (FleetSetup& fleet : setup.fleets) {
          fleet.scheduler = scheduler;
          fleet.most_intensity = static_cast<double>(1 + chance() % 100) / 100.0;
        }
        for (auto& jobs : setup.jobs)
          for (Job& job : jobs) job.intensity = static_cast<double>(chance() % 150) / 100.0;
        const auto found = tests::in_child([&] {
          RandomWorld world(setup);
          world.run();
          double parts_j = setup.site.it_load_w * setup.end_s;
          double too_much = 0.0;
          for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
            const FleetLoad& load = world.fleets()[i]->load();
            parts_j += load.energy_j(PowerState::idle);
            for (const JobOutcome& job : world.outcomes(i).jobs) parts_j += job.energy_j;
            const double most_w = load.slot_w(PowerState::idle) + load.most_intensity() * load.work_increment_w();
            if (load.energy_j(PowerState::computing) > load.gpu_seconds(PowerState::computing) * most_w * (1.0 + 1e-6))
              too_much += 1.0;
          }
          if (shed != ShedPolicy::hold) too_much += world.site().energy_over_limit_j();
          return std::vector{parts_j, world.site().it_energy_j(), too_much};
        });
        CHECK(found[0] == doctest::Approx(found[1]).epsilon(1e-9));
        CHECK(found[2] < 1e-3);
      }
}

TEST_CASE("the intensity of a cap is where the accelerator stands between idleness and computing") {
  const models::AcceleratorPower gpu{.tdp_w = 400.0, .idle_w = 60.0};
  CHECK(models::intensity_at(gpu, 60.0) == 0.0);
  CHECK(models::intensity_at(gpu, 304.0) == doctest::Approx(1.0).epsilon(1e-12));
  CHECK(models::intensity_at(gpu, 182.0) == doctest::Approx(0.5).epsilon(1e-12));
}

}  // namespace chokepoint::sim
