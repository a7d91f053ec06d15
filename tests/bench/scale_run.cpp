#include "bench/scale_run.hpp"

#include <chrono>

#include "sim/catalogue/catalogue.hpp"
#include "sim/workload/synthetic_work.hpp"
#include "sim/world/bill_sites.hpp"
#include "sim/world/key_figures.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::bench {
namespace {

/// Sizes in the proportions of Philly's trace, and some large jobs.
sim::SyntheticSetup setup(std::int64_t gpus, double load) {
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
  const sim::SyntheticSetup work = setup(gpus, ScaleRun{}.load);
  const double mean_duration_s = work.median_duration_s * 3.08;
  return static_cast<std::uint64_t>(2.0 * mean_duration_s / work.mean_interval_s);
}

Cost scale_run(const ScaleRun& run) {
  sim::Scenario scenario{.name = "scale"};
  scenario.sites.push_back({.name = "site"});
  sim::SyntheticSetup work = setup(run.gpus, run.load);
  work.jobs = run.jobs;
  sim::FleetSpec fleet{.name = "fleet", .server = sim::catalogue().servers.at("dgx-a100-80gb").value};
  fleet.tenants = {{.name = "all", .nodes = static_cast<std::uint32_t>(run.gpus / 8)}};
  fleet.scheduler = run.scheduler;
  if (!run.drains)
    scenario.end =
        scenario.start +
        std::chrono::seconds(static_cast<std::int64_t>(static_cast<double>(run.jobs) * work.mean_interval_s));
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
    cost.events = 2.0 * static_cast<double>(run.jobs);
    const sim::FleetLoad& load = world.fleets().front().fleet->load();
    cost.allocated =
        load.gpu_seconds(models::PowerState::computing) / (static_cast<double>(run.gpus) * world.elapsed_s());
  });
  return cost;
}

}  // namespace chokepoint::bench
