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
    JobLog::Labels labels{.fleet = running.spec->name, .clock_s = world.scenario().clock_s};
    for (const TenantNodes& tenant : running.spec->tenants) labels.tenants.push_back(tenant.name);
    if (const auto* work = std::get_if<TraceWork>(&running.spec->workload)) labels.trace = work->trace.get();
    running.log->append_rows(table, labels);
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
