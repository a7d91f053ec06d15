#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"

namespace chokepoint::sim {

/// What a random world is made of, so that it can be run more than once with a part changed.
struct RandomWorldSetup {
  SiteSetup site;
  std::vector<FleetSetup> fleets;
  std::vector<std::vector<Job>> jobs;
  double end_s = 4000.0;
};

/// One site with one or two fleets. With `limits` it has a limit and windows of less, all of them above what it draws
/// when everything is allocated and nothing works, so that slowing and suspending can hold them.
inline RandomWorldSetup random_world(std::uint64_t seed, ShedPolicy shed, bool limits) {
  std::mt19937_64 chance(seed);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(chance() >> 11) * 0x1.0p-53;
  };
  RandomWorldSetup world;
  SiteSetup& site = world.site;
  site = {.name = "site", .it_load_w = uniform(0.0, 500.0), .facility_load_w = uniform(0.0, 500.0), .shed = shed};
  site.series_step_s = uniform(20.0, 900.0);
  double idle_w = site.it_load_w;
  double full_w = site.it_load_w;
  double allocated_w = site.it_load_w;
  for (std::uint64_t i = 0; i < 1 + seed % 2; ++i) {
    const auto gpus = static_cast<int>(1 + chance() % 8);
    const double idle = gpus * uniform(50.0, 200.0);
    const double computing = idle + gpus * uniform(100.0, 600.0);
    const double allocated = uniform(idle, computing);
    const auto nodes = static_cast<std::uint32_t>(1 + chance() % 10);
    world.fleets.push_back({.name = std::to_string(i),
                            .power = {.gpus = gpus, .by_state_w = {0.0, idle, allocated, computing, computing, idle}},
                            .tenants = {{.name = "all", .nodes = nodes}},
                            .placement = "pooled"});
    world.jobs.push_back(random_jobs(chance, {.jobs = 100, .most_gpus = static_cast<std::int32_t>(nodes) * gpus}));
    idle_w += nodes * idle;
    allocated_w += nodes * allocated;
    full_w += nodes * computing;
  }
  if (seed % 3 == 0) site.pue = models::Pue(models::ConstantPue{uniform(1.0, 1.6)});
  if (seed % 3 == 1) {
    site.pue =
        models::Pue({.fixed_share = 0.03, .linear_share = 0.02, .square_share = 0.05, .cop_fall_per_c = 0.2}, full_w);
    site.climate = models::WetBulbClimate{.mean_c = 12.0, .half_range_c = 10.0};
    site.start = models::Instant(std::chrono::hours(24 * 365 * 50 + 2000) + std::chrono::seconds(chance() % 7200));
  }
  if (limits) {
    constexpr double hottest_c = 22.0;
    const auto facility_w = [&](double it_w) {
      return site.facility_load_w + site.pue.facility_power_w(it_w, hottest_c);
    };
    const double floor_w = facility_w(std::max(idle_w, allocated_w)) * 1.001;
    const double most_w = facility_w(full_w);
    site.limit_w = uniform(floor_w, most_w * 1.2);
    for (std::uint64_t i = 0; i < chance() % 4; ++i) {
      const double from_s = uniform(0.0, 3000.0);
      site.curtailments.push_back(
          {.from_s = from_s, .until_s = from_s + uniform(0.0, 800.0), .limit_w = uniform(floor_w, most_w)});
    }
  }
  return world;
}

/// A world on a kernel of its own; one a process.
class RandomWorld {
 public:
  explicit RandomWorld(const RandomWorldSetup& setup) : setup_(setup), site_(kernel_, setup.site, 0) {
    for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
      sources_.push_back(std::make_unique<JobList>(setup.jobs[i]));
      outcomes_.push_back(std::make_unique<Outcomes>());
      fleets_.push_back(std::make_unique<Fleet>(kernel_, site_, setup.fleets[i], 1 + i, *sources_[i], *outcomes_[i]));
    }
  }

  void run(const std::function<void()>& after_each_event = {}) {
    if (after_each_event) kernel_.watch(1, after_each_event);
    kernel_.run(setup_.end_s);
    site_.advance();
    for (const auto& fleet : fleets_) fleet->report_unfinished();
  }

  [[nodiscard]] double limit_w(double time_s) const {
    double limit_w = setup_.site.limit_w;
    for (const Curtailment& window : setup_.site.curtailments)
      if (window.from_s <= time_s && time_s < window.until_s) limit_w = std::min(limit_w, window.limit_w);
    return limit_w;
  }

  Kernel& kernel() { return kernel_; }
  Site& site() { return site_; }
  [[nodiscard]] const RandomWorldSetup& setup() const { return setup_; }
  [[nodiscard]] const std::vector<std::unique_ptr<Fleet>>& fleets() const { return fleets_; }
  [[nodiscard]] const Outcomes& outcomes(std::size_t fleet) const { return *outcomes_[fleet]; }

 private:
  const RandomWorldSetup& setup_;
  Kernel kernel_;
  Site site_;
  std::vector<std::unique_ptr<JobList>> sources_;
  std::vector<std::unique_ptr<Outcomes>> outcomes_;
  std::vector<std::unique_ptr<Fleet>> fleets_;
};

}  // namespace chokepoint::sim
