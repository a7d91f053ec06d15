#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "analysis/output/output_folder.hpp"
#include "analysis/output/result_files.hpp"
#include "bench/bare_replay.hpp"
#include "bench/child_process.hpp"
#include "sim/input/json_document.hpp"
#include "sim/scenario/replay_scenario.hpp"
#include "sim/scenario/tenant_map.hpp"
#include "sim/workload/trace_work.hpp"
#include "sim/world/simulate.hpp"
#include "sim/world/world.hpp"

// Replay of 47,192 jobs of Philly, October 2017, on 99 nodes by tenant (data/README.md, configuration `tight`).

namespace chokepoint::bench {
namespace {

constexpr const char* policies[] = {"fifo", "sjf"};

std::filesystem::path temporary_folder() {
  static const std::filesystem::path folder = [] {
    std::string name = (std::filesystem::temp_directory_path() / "chokepoint-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return std::filesystem::path(name);
  }();
  return folder;
}

std::filesystem::path data() {
  const char* folder = std::getenv("CHOKEPOINT_REFERENCE_DATA");
  return folder == nullptr ? "" : folder;
}

sim::ReplayRequest tight(const std::string& policy) {
  const std::filesystem::path tenants = temporary_folder() / "tight.json";
  if (!std::filesystem::exists(tenants)) {
    const auto nodes = sim::load_json(data() / "traces/ref_philly_oct_vc_configs.json").at("Philly_oct_tight").dump();
    analysis::write_output_folder(
        temporary_folder(), {{.name = "tight.json", .write = [&](const analysis::TextSink& sink) { sink(nodes); }}});
  }
  return {.trace = data() / "traces/philly_oct2017.csv.gz", .tenants = tenants, .policy = policy};
}

double simulated_seconds(const sim::Scenario& scenario) {
  const Cost cost = in_child([&] {
    Cost spent;
    spent.seconds = seconds_of([&] { sim::World(scenario, 1, 0, true).run({}); });
    return spent;
  });
  return cost.seconds;
}

double bare_seconds(const sim::Scenario& scenario) {
  const sim::FleetSpec& fleet = scenario.fleets.front();
  const sim::Trace& trace = dynamic_cast<const sim::TraceWork&>(*fleet.works.front().work).trace();
  std::vector<sim::Fault> faults;
  const auto map = sim::map_tenants(trace, fleet, faults);
  // In a child too: both start on memory that was never touched.
  return in_child([&] {
           Cost spent;
           spent.seconds = seconds_of(
               [&] { benchmark::DoNotOptimize(bare_replay(trace, map, fleet.tenants, fleet.scheduler == "sjf")); });
           return spent;
         })
      .seconds;
}

/// Both policies, one after the other; the same for a bare loop, and their ratio.
void simulation(benchmark::State& state) {
  if (data().empty()) return state.SkipWithError("reference data missing: skipped");
  const sim::Scenario fifo = sim::replay_scenario(tight("fifo"));
  const sim::Scenario sjf = sim::replay_scenario(tight("sjf"));
  double total_s = 0.0;
  double bare_s = 0.0;
  for (auto _ : state) {
    const double seconds = simulated_seconds(fifo) + simulated_seconds(sjf);
    total_s += seconds;
    bare_s += bare_seconds(fifo) + bare_seconds(sjf);
    state.SetIterationTime(seconds);
  }
  state.counters["bare_loop_ms"] = 1e3 * bare_s / static_cast<double>(state.iterations());
  state.counters["ratio"] = total_s / bare_s;
}

/// Both policies with the trace read and all results written.
void read_simulate_write(benchmark::State& state) {
  if (data().empty()) return state.SkipWithError("reference data missing: skipped");
  for (auto _ : state) {
    double seconds = 0.0;
    for (const char* policy : policies) {
      const sim::ReplayRequest request = tight(policy);
      seconds += in_child([&] {
                   Cost spent;
                   spent.seconds = seconds_of([&] {
                     const sim::Record record =
                         sim::simulate(sim::replay_scenario(request), {.keep_details = true}, {});
                     analysis::write_output_folder(temporary_folder() / policy, analysis::result_files(record));
                   });
                   return spent;
                 }).seconds;
    }
    state.SetIterationTime(seconds);
  }
}

BENCHMARK(simulation)
    ->Name("replay/tight_fifo_and_sjf/simulation")
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(read_simulate_write)
    ->Name("replay/tight_fifo_and_sjf/with_reading_and_writing")
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
