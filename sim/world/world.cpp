#include "sim/world/world.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

#include <fmt/format.h>

#include "models/tariff/tariff.hpp"
#include "sim/scenario/tenant_map.hpp"
#include "sim/workload/constant_source.hpp"
#include "sim/workload/synthetic_source.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::uint64_t events_between_reports = 1 << 14;

/// Work for a fleet that has none.
class NoWork final : public JobSource {
 public:
  bool next(Job&) override { return false; }
};

}  // namespace

/// A log that tells the world when its fleet is done.
class World::Log final : public JobLog {
 public:
  Log(bool keeps_rows, std::function<void()> on_done) : JobLog(keeps_rows), on_done_(std::move(on_done)) {}
  void all_done() override { on_done_(); }

 private:
  std::function<void()> on_done_;
};

World::World(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, bool keep_jobs)
    : scenario_(scenario) {
  for (const SiteSpec& site : scenario.sites) add_site(site);
  for (const FleetSpec& fleet : scenario.fleets) add_fleet(fleet, seed, replicate, keep_jobs);
}

double World::offset_s(models::Instant instant) const {
  return static_cast<double>((instant - scenario_.start).count());
}

void World::add_site(const SiteSpec& spec) {
  SiteSetup setup{.name = spec.name,
                  .start = scenario_.start,
                  .zone = spec.zone,
                  .pue = spec.pue,
                  .climate = spec.climate,
                  .it_load_w = spec.it_load_w,
                  .facility_load_w = spec.facility_load_w,
                  .shed = spec.shed,
                  .series_step_s = scenario_.series_step_s};
  if (spec.limit_w) setup.limit_w = *spec.limit_w;
  for (const SiteSpec::Window& window : spec.curtailments)
    setup.curtailments.push_back({.from_s = offset_s(window.from.at(spec.zone)),
                                  .until_s = offset_s(window.until.at(spec.zone)),
                                  .limit_w = window.limit_w});
  if (spec.tariff) setup.metering_step_s = static_cast<double>(models::metering_step(*spec.tariff).count());
  sites_.push_back(std::make_unique<Site>(kernel_, std::move(setup), sites_.size()));
}

void World::add_fleet(const FleetSpec& spec, std::uint64_t seed, std::uint32_t replicate, bool keep_jobs) {
  RunningFleet running{.spec = &spec};
  const bool has_end = scenario_.end.has_value();
  if (const auto* constant = std::get_if<ConstantWork>(&spec.workload)) {
    const double beyond_s = has_end ? 2.0 * offset_s(*scenario_.end) : 0.0;
    running.source = std::make_unique<ConstantSource>(constant->gpus, spec.server.gpus, beyond_s);
    keep_jobs = false;
  } else if (const auto* trace = std::get_if<TraceWork>(&spec.workload)) {
    std::vector<Fault> faults;
    auto tenant_of = map_tenants(*trace->trace, spec.tenants, spec.server.gpus, faults);
    throw_if_any(std::move(faults));
    running.source = std::make_unique<TraceSource>(trace->trace, std::move(tenant_of), scenario_.clock_s);
    running.expected_jobs = trace->trace->size();
  } else if (const auto* synthetic = std::get_if<SyntheticWork>(&spec.workload)) {
    running.source =
        std::make_unique<SyntheticSource>(synthetic->setup, seed, replicate, fmt::format("fleets/{}", spec.name));
    running.expected_jobs = synthetic->setup.jobs;
  } else {
    running.source = std::make_unique<NoWork>();
  }
  running.log = std::make_unique<Log>(keep_jobs, [this] { stop_when_all_done(); });
  const FleetSetup setup{.name = spec.name,
                         .power = spec.server.power,
                         .tenants = spec.tenants,
                         .scheduler = spec.scheduler,
                         .placement = spec.placement,
                         .interruptions = {.restart_s = spec.restart_s}};
  running.fleet = std::make_unique<Fleet>(kernel_, *sites_[spec.site], setup, sites_.size() + fleets_.size(),
                                          *running.source, *running.log);
  fleets_.push_back(std::move(running));
}

void World::stop_when_all_done() {
  if (scenario_.end) return;
  if (std::ranges::all_of(fleets_, [](const RunningFleet& running) { return running.fleet->done(); })) kernel_.stop();
}

double World::share_done() const {
  if (scenario_.end) return kernel_.now_s() / offset_s(*scenario_.end);
  std::uint64_t left = 0;
  std::uint64_t expected = 0;
  for (const RunningFleet& running : fleets_) {
    left += running.log->jobs();
    expected += running.expected_jobs;
  }
  return expected == 0 ? 0.0 : static_cast<double>(left) / static_cast<double>(expected);
}

void World::run(const Progress& progress) {
  if (progress)
    kernel_.watch(events_between_reports, [&] {
      progress(share_done(), scenario_.start + std::chrono::seconds(static_cast<std::int64_t>(kernel_.now_s())));
    });
  if (scenario_.end) {
    kernel_.run(offset_s(*scenario_.end));
  } else {
    kernel_.run();
  }
  for (const auto& site : sites_) site->advance();
  for (const RunningFleet& running : fleets_) running.fleet->report_unfinished();
}

}  // namespace chokepoint::sim
