#include "sim/scenario/replay_scenario.hpp"

#include <algorithm>
#include <chrono>

#include "models/quantity/quantity.hpp"
#include "sim/calendar/time_zone_database.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/scenario/tenant_map.hpp"
#include "sim/scenario/tenants_file.hpp"
#include "sim/tariff/tariff_catalogue.hpp"
#include "sim/workload/trace_work.hpp"

namespace chokepoint::sim {
namespace {

/// A step for the series that gives some hundred points and falls on full minutes or hours.
double series_step_s(const Trace& trace) {
  const auto [first_s, last_s] = std::ranges::minmax(trace.submit_s);
  const double span_s = last_s - first_s;
  for (const double step_s : {60.0, 300.0, 900.0, 1800.0})
    if (span_s / step_s <= 500.0) return step_s;
  return models::seconds_per_hour;
}

/// The full hour of the trace's clock before its first job: some traces count from 1970. Steps of meters and series
/// keep their places, and no submission changes in its last digit.
std::chrono::hours first_hour(const Trace& trace) {
  const double first_s = *std::ranges::min_element(trace.submit_s);
  return std::chrono::hours{static_cast<std::int64_t>(first_s / models::seconds_per_hour)};
}

/// A server of another number of GPUs draws in proportion.
models::Server with_gpus(models::Server server, int gpus) {
  const double ratio = static_cast<double>(gpus) / server.gpus;
  server.gpus = gpus;
  server.rated_power_w *= ratio;
  server.power.gpus = gpus;
  for (double& state_w : server.power.by_state_w) state_w *= ratio;
  server.prices.clear();
  return server;
}

}  // namespace

Scenario replay_scenario(const ReplayRequest& request) {
  std::vector<Fault> faults;
  const auto gather = [&faults](const char* option, const auto& part) {
    try {
      part();
    } catch (const InputError& error) {
      for (Fault fault : error.faults()) {
        if (fault.file.empty()) fault.file = option;
        faults.push_back(std::move(fault));
      }
    }
  };

  std::shared_ptr<const Trace> trace;
  FleetSpec fleet{.name = "cluster", .scheduler = request.policy, .placement = request.placement};
  SiteSpec site{.name = "site", .pue = models::Pue(models::ConstantPue{request.pue})};
  gather("TRACE", [&] { trace = std::make_shared<const Trace>(read_trace(request.trace)); });
  gather("--server", [&] { fleet.server = catalogue().servers.at(request.server).value; });
  if (request.gpus_per_node && *request.gpus_per_node != fleet.server.gpus && fleet.server.gpus > 0)
    fleet.server = with_gpus(std::move(fleet.server), *request.gpus_per_node);
  if (request.tenants) gather("--tenants", [&] { fleet.tenants = read_tenants_file(*request.tenants); });
  if (request.nodes) fleet.tenants = {{.name = everybody, .nodes = *request.nodes}};
  if (request.tariff) gather("--tariff", [&] { site.tariff = read_tariff(*request.tariff); });

  if (request.policy == "tariff-aware" && !request.tariff)
    faults.push_back(
        {.file = "--policy", .expected = "--tariff beside tariff-aware, which heeds its prices", .found = "none"});

  models::IsoDate start = request.start.value_or(models::IsoDate{.local = models::LocalTime{}});
  if (!request.start && trace && trace->origin) start.local = *trace->origin;
  gather("--time-zone", [&] { site.zone = load_time_zone(request.time_zone); });
  if (trace && !fleet.tenants.empty()) map_tenants(*trace, fleet, faults);
  if (site.tariff && !request.start && trace && !trace->origin)
    faults.push_back({.file = "--start",
                      .expected = "the date of second 0, which a tariff needs and the trace does not tell",
                      .found = "none"});
  throw_if_any(std::move(faults));

  Scenario scenario{.name = request.trace.stem().stem().string(),
                    .title = "Replay of " + request.trace.filename().string()};
  const std::chrono::seconds begin = first_hour(*trace);
  start.local += begin;
  scenario.zone = site.zone;
  scenario.start = start.at(site.zone);
  scenario.clock_s = static_cast<double>(begin.count());
  scenario.series_step_s = series_step_s(*trace);
  scenario.money = models::ExchangeRates(site.tariff ? site.tariff->currency : models::Currency{});
  if (!fleet.server.prices.empty() && scenario.money.knows(fleet.server.prices.front().currency))
    fleet.server_price = Price{fleet.server.prices.front().amount, fleet.server.prices.front().currency};
  fleet.works = {{.name = {}, .work = std::make_shared<TraceWork>(std::move(trace))}};
  scenario.sites.push_back(std::move(site));
  scenario.fleets.push_back(std::move(fleet));
  return scenario;
}

}  // namespace chokepoint::sim
