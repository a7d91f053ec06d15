#include "sim/world/series_table.hpp"

#include <chrono>
#include <limits>
#include <string>

#include "models/calendar/iso_date.hpp"
#include "models/tariff/energy_price.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

using Select = StepIntegral Site::Series::*;

/// The sum over sites of one of their series.
std::vector<double> sum(const World& world, Select select) {
  std::vector<double> total;
  for (const auto& site : world.sites()) {
    const std::vector<double> part = (site->series().*select).averages();
    total.resize(std::max(total.size(), part.size()), 0.0);
    for (std::size_t i = 0; i < part.size(); ++i) total[i] += part[i];
  }
  return total;
}

/// The price of energy at the begin of each step, where one site is billed.
void add_price(const World& world, Table& table) {
  const Scenario& scenario = world.scenario();
  if (scenario.sites.size() != 1 || !scenario.sites.front().tariff) return;
  const SiteSpec& site = scenario.sites.front();
  std::vector<double> prices;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto seconds =
        std::chrono::seconds(static_cast<std::int64_t>(scenario.series_step_s * static_cast<double>(i)));
    prices.push_back(
        models::energy_price_per_kwh(*site.tariff, world.counted_from() + seconds, site.zone, site.billing));
  }
  table.columns.push_back(
      {.name = "price_" + lower_case(site.tariff->currency.code()) + "_per_kwh", .values = std::move(prices)});
}

}  // namespace

Table series_table(const World& world) {
  const Scenario& scenario = world.scenario();
  Table table{.name = "series", .columns = {}};
  std::vector<double> power = sum(world, &Site::Series::power_w);
  std::vector<double> times;
  TextColumn dates;
  const models::TimeZone& zone = scenario.zone;
  for (std::size_t i = 0; i < power.size(); ++i) {
    const double since_start_s = scenario.run_in_s + scenario.series_step_s * static_cast<double>(i);
    times.push_back(scenario.clock_s + since_start_s);
    const auto seconds = std::chrono::seconds(static_cast<std::int64_t>(since_start_s));
    dates.push_back(models::format_date_time(zone.to_local(scenario.start + seconds)));
  }
  table.columns.push_back({.name = "time_s", .values = std::move(times)});
  table.columns.push_back({.name = "date", .values = std::move(dates)});

  std::int64_t gpus = 0;
  for (const FleetSpec& fleet : scenario.fleets) gpus += fleet.gpus();
  if (gpus > 0) {
    std::vector<double> utilization = sum(world, &Site::Series::allocated_gpus);
    for (double& value : utilization) value /= static_cast<double>(gpus);
    table.columns.push_back({.name = "utilization_allocated", .values = std::move(utilization)});
    table.columns.push_back({.name = "queue_jobs", .values = sum(world, &Site::Series::waiting_jobs)});
    table.columns.push_back({.name = "running_jobs", .values = sum(world, &Site::Series::running_jobs)});
  }
  table.columns.push_back({.name = "power_w", .values = std::move(power)});
  if (world.sites().size() == 1 && world.sites().front()->limited()) {
    std::vector<double> limit = sum(world, &Site::Series::limit_w);
    for (double& value : limit)
      if (value == std::numeric_limits<double>::infinity()) value = std::numeric_limits<double>::quiet_NaN();
    table.columns.push_back({.name = "limit_w", .values = std::move(limit)});
    table.columns.push_back({.name = "speed", .values = sum(world, &Site::Series::speed)});
  }
  add_price(world, table);
  return table;
}

}  // namespace chokepoint::sim
