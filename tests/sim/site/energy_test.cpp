#include <doctest/doctest.h>

#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

constexpr std::uint64_t seeds = 60;

/// Calls `check` with the numbers that `measure` takes of a world in a process of its own, for random worlds without a
/// limit and with one under each policy.
void for_random_worlds(const std::function<std::vector<double>(const RandomWorldSetup&)>& measure,
                       const std::function<void(const std::vector<double>&)>& check) {
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend}) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      CAPTURE(static_cast<int>(shed));
      CAPTURE(seed);
      const RandomWorldSetup setup = random_world(seed, shed, seed % 5 != 0);
      check(tests::in_child([&] { return measure(setup); }));
    }
  }
}

double metered_j(const Site& site) {
  double energy_j = 0.0;
  for (const double power_w : site.meter().averages_over_whole_steps()) energy_j += power_w * site.meter().step_s();
  return energy_j;
}

/// Brings a site's energy up to date at dates at which nothing happens.
class Prodder final : public EventHandler {
 public:
  explicit Prodder(RandomWorld& world) : world_(world) { again(); }
  void on_event(std::uint64_t) override {
    world_.site().advance();
    again();
  }

 private:
  void again() {
    world_.kernel().schedule({.time_s = world_.kernel().now_s() + 17.3, .phase = Phase::records, .handler = this});
  }
  RandomWorld& world_;
};

}  // namespace

TEST_CASE("jobs and idleness and other load add up to the energy of the site's computers") {
  for_random_worlds(
      [](const RandomWorldSetup& setup) {
        RandomWorld world(setup);
        world.run();
        double parts_j = setup.site.it_load_w * setup.end_s;
        for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
          parts_j += world.fleets()[i]->load().energy_j(PowerState::idle);
          for (const JobOutcome& job : world.outcomes(i).jobs) parts_j += job.energy_j;
        }
        return std::vector{parts_j, world.site().it_energy_j()};
      },
      [](const std::vector<double>& energy_j) { CHECK(energy_j[0] == doctest::Approx(energy_j[1]).epsilon(1e-9)); });
}

TEST_CASE("energy does not depend on the steps of the series and of the meter") {
  for_random_worlds(
      [](const RandomWorldSetup& setup) {
        RandomWorld world(setup);
        world.run();
        return std::vector{world.site().it_energy_j(), world.site().facility_energy_j(), world.site().peak_power_w(),
                           metered_j(world.site())};
      },
      [](const std::vector<double>& energy_j) { CHECK(energy_j[3] == doctest::Approx(energy_j[1]).epsilon(1e-9)); });
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    RandomWorldSetup setup = random_world(seed, ShedPolicy::slow, true);
    const auto energies = [&] {
      return tests::in_child([&] {
        RandomWorld world(setup);
        world.run();
        return std::vector{world.site().it_energy_j(), world.site().facility_energy_j(), world.site().peak_power_w()};
      });
    };
    const auto before = energies();
    setup.site.series_step_s = 7.0;
    setup.site.metering_step_s = 11.0;
    CHECK(energies() == before);
  }
}

TEST_CASE("energy does not depend on how often it is brought up to date") {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    RandomWorldSetup setup = random_world(seed, ShedPolicy::hold, false);
    // Half past the hour: local hours of weather begin between those of the world's clock.
    setup.site.zone = models::TimeZone::fixed("Asia/Kolkata", std::chrono::seconds(19800));
    const auto energy_j = [&](bool often) {
      return tests::in_child([&] {
        RandomWorld world(setup);
        std::optional<Prodder> prodder;
        if (often) prodder.emplace(world);
        world.run();
        return std::vector{world.site().facility_energy_j()};
      });
    };
    CHECK(energy_j(true)[0] == doctest::Approx(energy_j(false)[0]).epsilon(1e-11));
  }
}

TEST_CASE("GPU-seconds over all states are GPUs times time") {
  for_random_worlds(
      [](const RandomWorldSetup& setup) {
        RandomWorld world(setup);
        world.run();
        const FleetLoad& load = world.fleets()[0]->load();
        double sum = 0.0;
        for (std::size_t state = 0; state < models::power_states; ++state)
          sum += load.gpu_seconds(static_cast<PowerState>(state));
        return std::vector{sum, static_cast<double>(load.gpus()) * setup.end_s};
      },
      [](const std::vector<double>& seconds) { CHECK(seconds[0] == doctest::Approx(seconds[1]).epsilon(1e-12)); });
}

}  // namespace chokepoint::sim
