#include "bench/scale_run.hpp"

#include "sim/catalogue/catalogue.hpp"
#include "sim/workload/synthetic_work.hpp"
#include "sim/world/bill_sites.hpp"
#include "sim/world/key_figures.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::bench {
namespace {

constexpr double load = 0.8;

/// Sizes in the proportions of Philly's trace, and some large jobs.
sim::SyntheticSetup setup(std::int64_t gpus) {
  sim::SyntheticSetup work{.median_duration_s = 1200.0,
                           .log_sd = 1.5,
                           .sizes = {{1, 0.60}, {2, 0.10}, {4, 0.10}, {8, 0.12}, {16, 0.04}, {32, 0.02}, {64, 0.02}}};
  work.mean_interval_s = 1.0;
  work.mean_interval_s = work.offered_gpus() / (load * static_cast<double>(gpus));
  return work;
}

}  // namespace

std::uint64_t warm_up_jobs(std::int64_t gpus) {
  // As many as arrive in two mean durations.
  const sim::SyntheticSetup work = setup(gpus);
  const double mean_duration_s = work.median_duration_s * 3.08;
  return static_cast<std::uint64_t>(2.0 * mean_duration_s / work.mean_interval_s);
}

Cost scale_run(std::int64_t gpus, std::uint64_t jobs) {
  sim::Scenario scenario{.name = "scale"};
  scenario.sites.push_back({.name = "site"});
  sim::SyntheticSetup work = setup(gpus);
  work.jobs = jobs;
  sim::FleetSpec fleet{.name = "fleet", .server = sim::catalogue().servers.at("dgx-a100-80gb").value};
  fleet.tenants = {{.name = "all", .nodes = static_cast<std::uint32_t>(gpus / 8)}};
  fleet.works = {{.name = {}, .work = std::make_shared<sim::SyntheticWork>(work)}};
  scenario.fleets.push_back(std::move(fleet));

  Cost cost;
  double gpu_weight = 0.0;
  double weight = 0.0;
  for (const auto& size : work.sizes) {
    gpu_weight += size.weight * size.gpus;
    weight += size.weight;
  }
  cost.extra = gpu_weight / weight;
  cost.seconds = seconds_of([&] {
    sim::World world(scenario, 1, 0, false);
    world.run({});
    const auto figures = sim::key_figures(world, sim::bill_sites(world));
    cost.events = 2.0 * static_cast<double>(jobs);
  });
  return cost;
}

}  // namespace chokepoint::bench
