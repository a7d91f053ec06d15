#include "sim/world/simulate.hpp"

#include <algorithm>

#include "sim/catalogue/catalogue.hpp"
#include "sim/market/market_columns.hpp"
#include "sim/market/market_table.hpp"
#include "sim/world/bill_sites.hpp"
#include "sim/world/failure_outcomes.hpp"
#include "sim/world/key_figures.hpp"
#include "sim/world/series_table.hpp"
#include "sim/world/training_table.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {
namespace {

Table jobs_table(const World& world) {
  Table table{.name = "jobs", .columns = {}};
  const auto has_several = [](const FleetSpec& fleet) {
    return fleet.works.size() > 1 || (fleet.works.size() == 1 && !fleet.works.front().name.empty());
  };
  const bool names_works = std::ranges::any_of(world.scenario().fleets, has_several);
  for (const World::RunningFleet& running : world.fleets())
    running.log->append_rows(table,
                             {.fleet = *running.spec, .clock_s = world.scenario().clock_s, .names_works = names_works});
  return table;
}

}  // namespace

Record simulate(const Scenario& scenario, const RunOptions& options, const Progress& progress) {
  World world(scenario, options.seed, options.replicate, options.keep_details);
  world.run(progress);
  const auto bills = bill_sites(world);

  Record record{.scenario = scenario.name,
                .title = scenario.title,
                .seed = options.seed,
                .version = CHOKEPOINT_VERSION,
                .catalogue_digest = catalogue_digest(),
                .figures = key_figures(world, bills),
                .tables = {}};
  if (!scenario.sites.empty()) {
    record.tables.push_back(series_table(world));
    record.tables.push_back(bills_table(world, bills));
  }
  if (Table training = training_table(world, bills); training.rows() > 0) record.tables.push_back(std::move(training));
  for (Table& table : world.take_market_tables()) {
    if (table.name == market_table)
      for (Figure& figure : market_figures(*scenario.market, table)) record.figures.push_back(std::move(figure));
    record.tables.push_back(std::move(table));
  }
  for (Figure& figure : world.order_figures()) record.figures.push_back(std::move(figure));
  if (options.keep_details && !scenario.fleets.empty()) record.tables.push_back(jobs_table(world));
  if (options.keep_details && any_failures(world)) record.tables.push_back(failures_table(world));
  return record;
}

}  // namespace chokepoint::sim
