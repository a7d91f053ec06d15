#include "sim/world/simulate.hpp"

#include "sim/catalogue/catalogue.hpp"
#include "sim/world/bill_sites.hpp"
#include "sim/world/key_figures.hpp"
#include "sim/world/series_table.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {
namespace {

Table jobs_table(const World& world) {
  Table table{.name = "jobs", .columns = {}};
  for (const World::RunningFleet& running : world.fleets()) {
    const auto* trace = std::get_if<TraceWork>(&running.spec->workload);
    std::vector<std::string> tenants;
    for (const TenantNodes& tenant : running.spec->tenants) tenants.push_back(tenant.name);
    running.log->append_rows(table, tenants, running.spec->name, trace == nullptr ? nullptr : trace->trace.get());
  }
  return table;
}

}  // namespace

Record simulate(const Scenario& scenario, const RunOptions& options, const Progress& progress) {
  World world(scenario, options.seed, options.replicate, options.keep_jobs);
  world.run(progress);
  const auto bills = bill_sites(world);

  Record record{.scenario = scenario.name,
                .title = scenario.title,
                .seed = options.seed,
                .version = CHOKEPOINT_VERSION,
                .catalogue_digest = catalogue_digest(),
                .figures = key_figures(world, bills),
                .tables = {}};
  record.tables.push_back(series_table(world));
  record.tables.push_back(bills_table(world, bills));
  if (options.keep_jobs) record.tables.push_back(jobs_table(world));
  return record;
}

}  // namespace chokepoint::sim
