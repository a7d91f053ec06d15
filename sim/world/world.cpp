#include "sim/world/world.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

#include "models/quantity/quantity.hpp"
#include "models/scheduling/scheduler.hpp"
#include "models/tariff/energy_price.hpp"
#include "models/tariff/tariff.hpp"
#include "sim/market/market_details.hpp"
#include "sim/market/market_table.hpp"
#include "sim/market/order_figures.hpp"
#include "sim/workload/merged_source.hpp"
#include "sim/workload/owned_source.hpp"
#include "sim/workload/owner_table.hpp"
#include "sim/world/failure_setup.hpp"
#include "sim/world/stream_names.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::uint64_t events_between_reports = 1 << 14;

}  // namespace

/// A log that tells the world when its fleet is done.
class World::Log final : public JobLog {
 public:
  Log(Keep keep, std::function<void()> on_done) : JobLog(std::move(keep)), on_done_(std::move(on_done)) {}
  /// Replicas of services are told to their meters, which outlive the log.
  void tell(std::vector<ServiceMeter*> meters) { meters_ = std::move(meters); }
  void job_left(const JobOutcome& outcome, JobState state) override {
    JobLog::job_left(outcome, state);
    if (meters_.empty()) return;
    ServiceMeter* const meter = meters_[MergedIndex{meters_.size()}.work_of(outcome.job.index)];
    if (meter != nullptr) meter->replica_left(outcome);
  }
  void all_done() override { on_done_(); }

 private:
  std::function<void()> on_done_;
  std::vector<ServiceMeter*> meters_;
};

class World::RunInEnd final : public EventHandler {
 public:
  explicit RunInEnd(World& world) : world_(world) {}
  void on_event(std::uint64_t) override { world_.begin_counting(); }

 private:
  World& world_;
};

World::World(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, bool keep_details)
    : scenario_(scenario) {
  for (const SiteSpec& site : scenario.sites) add_site(site);
  for (const FleetSpec& fleet : scenario.fleets) add_fleet(fleet, seed, replicate, keep_details);
  if (scenario.market) add_market(seed, replicate, keep_details);
  if (scenario.run_in_s <= 0.0) return;
  run_in_end_ = std::make_unique<RunInEnd>(*this);
  kernel_.schedule({.time_s = scenario.run_in_s,
                    .phase = Phase::ends,
                    .id = sites_.size() + fleets_.size(),
                    .handler = run_in_end_.get()});
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
                  .series_step_s = scenario_.series_step_s,
                  .counted_from_s = scenario_.run_in_s};
  if (spec.limit_w) setup.limit_w = *spec.limit_w;
  for (const SiteSpec::Window& window : spec.curtailments)
    setup.curtailments.push_back({.from_s = offset_s(window.from.at(spec.zone)),
                                  .until_s = offset_s(window.until.at(spec.zone)),
                                  .limit_w = window.limit_w});
  if (spec.tariff) setup.metering_step_s = static_cast<double>(models::metering_step(*spec.tariff).count());
  sites_.push_back(std::make_unique<Site>(kernel_, std::move(setup), sites_.size()));
}

void World::add_fleet(const FleetSpec& spec, std::uint64_t seed, std::uint32_t replicate, bool keep_details) {
  RunningFleet running{.spec = &spec};
  std::vector<std::unique_ptr<JobSource>> sources;
  std::vector<bool> counted, kept;
  OwnerTable owners;
  const bool owners_matter = models::make_scheduler(spec.scheduler)->counts_usage() || !spec.priorities.empty();
  for (std::size_t place = 0; place < spec.works.size(); ++place) {
    const Work& work = *spec.works[place].work;
    const WorkRun run{.scenario = scenario_,
                      .fleet = spec,
                      .seed = seed,
                      .replicate = replicate,
                      .stream = work_stream(spec, place),
                      .owners = owners_matter ? &owners : nullptr};
    sources.push_back(work.make_source(run));
    running.meters.push_back(work.make_meter(run));
    if (owners_matter && work.owner_names().empty()) {
      const std::string& name = spec.works[place].name;
      const auto priority = spec.priorities.find(name);
      sources.back() = std::make_unique<OwnedSource>(
          std::move(sources.back()),
          OwnedSource::Mark{.owner = owners.number(name),
                            .priority = priority == spec.priorities.end() ? 0 : priority->second});
    }
    counted.push_back(work.has_jobs_of_its_own());
    kept.push_back(work.keeps_outcomes());
    running.expected_jobs += work.expected_jobs();
  }
  running.source =
      sources.size() == 1 ? std::move(sources.front()) : std::make_unique<MergedSource>(std::move(sources));
  auto log = std::make_unique<Log>(
      JobLog::Keep{.rows = keep_details, .works = counted, .outcomes = kept, .submitted_from_s = scenario_.run_in_s},
      [this] { stop_when_all_done(); });
  if (std::ranges::any_of(running.meters, [](const auto& meter) { return meter != nullptr; })) {
    std::vector<ServiceMeter*> meters;
    for (const auto& meter : running.meters) meters.push_back(meter.get());
    log->tell(std::move(meters));
  }
  running.log = std::move(log);
  const std::vector<ServerGeneration> generations = spec.generations();
  FleetSetup setup{.name = spec.name,
                   .power = spec.server.power,
                   .speed = spec.speed,
                   .tenants = spec.tenants,
                   .most_intensity = generations.front().most_intensity(spec.gpu_power_cap_w),
                   .scheduler = spec.scheduler,
                   .placement = spec.placement,
                   .fabric = spec.fabric,
                   .terms = spec.terms,
                   .usage_half_life_s = spec.shares.half_life_s,
                   .prices = energy_prices(scenario_.sites[spec.site]),
                   .interruptions = interruptions_of(spec),
                   .tracks_nodes = spec.failures.has_value()};
  for (const ServerGeneration& generation : spec.further)
    setup.further.push_back({.power = generation.server.power,
                             .nodes = static_cast<std::uint32_t>(generation.nodes),
                             .speed = generation.speed,
                             .most_intensity = generation.most_intensity(spec.gpu_power_cap_w)});
  for (const std::string& name : owners.names()) {
    const auto share = spec.shares.of.find(name);
    setup.shares.push_back(share == spec.shares.of.end() ? 1.0 : share->second);
  }
  running.fleet = std::make_unique<Fleet>(kernel_, *sites_[spec.site], setup, sites_.size() + fleets_.size(),
                                          *running.source, *running.log);
  if (spec.shares_network && spec.fabric.oversubscription > 1.0) {
    running.contention = std::make_unique<FleetContention>(
        kernel_, FleetContention::Setup{.fabric = spec.fabric,
                                        .tenants = spec.tenants,
                                        .gpus_per_node = spec.server.gpus,
                                        .communication_share = spec.communication_share});
    running.fleet->watch_work(*running.contention);
  }
  if (spec.failures)
    // Behind all sites and fleets.
    running.failures = std::make_unique<NodeFailures>(
        kernel_, *running.fleet, failures_of(spec),
        NodeFailures::Chance{.seed = seed, .replicate = replicate, .nodes = node_streams(spec)},
        scenario_.sites.size() + scenario_.fleets.size() + fleets_.size());
  fleets_.push_back(std::move(running));
}

World::~World() = default;

void World::add_market(std::uint64_t seed, std::uint32_t replicate, bool keep_details) {
  const auto whole_days = [](double seconds) {
    return static_cast<std::int64_t>(std::ceil(seconds / models::seconds_per_day));
  };
  // Behind all sites, fleets, their failures and the end of the run-in.
  const std::uint64_t id = scenario_.sites.size() + 2 * scenario_.fleets.size() + 1;
  market_ = std::make_unique<Market>(kernel_, Market::Setup{.spec = *scenario_.market,
                                                            .days = whole_days(offset_s(*scenario_.end)),
                                                            .seed = seed,
                                                            .replicate = replicate,
                                                            .id = id,
                                                            .keep_details = keep_details});
  market_table_ = std::make_unique<MarketTable>(market_->spec(), whole_days(scenario_.run_in_s));
  market_->watch([this](const Market& market) { market_table_->record(market); });
  order_figures_ = std::make_unique<OrderFigures>(market_->spec(), whole_days(scenario_.run_in_s));
  market_->watch([this](const Market& market) { order_figures_->record(market); });
  if (!keep_details) return;
  market_details_ = std::make_unique<MarketDetails>(market_->spec(), whole_days(scenario_.run_in_s));
  market_->watch([this](const Market& market) { market_details_->record(market); });
}

std::vector<Figure> World::order_figures() const {
  return order_figures_ ? order_figures_->figures(*market_) : std::vector<Figure>{};
}

std::vector<Table> World::take_market_tables() {
  std::vector<Table> tables;
  if (market_table_) tables.push_back(market_table_->take());
  if (market_details_) {
    tables.push_back(market_details_->take_allocations());
    tables.push_back(market_details_->contracts(*market_));
  }
  return tables;
}

std::optional<models::PriceForecast::Source> World::energy_prices(const SiteSpec& site) const {
  if (!site.tariff) return std::nullopt;
  const std::chrono::seconds step = models::metering_step(*site.tariff);
  // Hours of tariffs and steps of price series begin at multiples of the step of universal time: clocks stand full
  // quarters of an hour apart.
  const auto into_step = (scenario_.start.time_since_epoch() % step + step) % step;
  return models::PriceForecast::Source{
      .price_at =
          [&site, start = scenario_.start](double at_s) {
            return models::energy_price_per_kwh(
                *site.tariff, start + std::chrono::seconds(static_cast<std::int64_t>(at_s)), site.zone, site.billing);
          },
      .step_s = static_cast<double>(step.count()),
      .first_step_s = -static_cast<double>(into_step.count())};
}

void World::begin_counting() {
  for (const RunningFleet& running : fleets_) {
    running.fleet->begin_counting();
    running.log->begin_counting();
    if (running.contention) running.contention->begin_counting();
  }
}

models::Instant World::counted_from() const {
  return scenario_.start + std::chrono::seconds(static_cast<std::int64_t>(scenario_.run_in_s));
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
  if (kernel_.now_s() < scenario_.run_in_s) begin_counting();
  for (const auto& site : sites_) site->advance();
  for (const RunningFleet& running : fleets_) running.fleet->report_unfinished();
}

}  // namespace chokepoint::sim
