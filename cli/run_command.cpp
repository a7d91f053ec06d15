#include "cli/run_command.hpp"

#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/simulation.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_run(std::span<const std::string> arguments) {
  std::string file;
  std::vector<std::string> settings;
  std::int64_t seed = -1;
  std::int64_t replicates = 1;
  std::int64_t workers = 0;
  std::optional<std::string> out;
  std::string format = "table";
  Options options("chokepoint run SCENARIO [options]",
                  "Runs a scenario and shows its key figures; with replicates, how far chance moves them.");
  options.operand("SCENARIO", file)
      .options("set", "POINTER=VALUE", "changes a setting, such as /sites/0/pue=1.2", settings)
      .option("seed", "N", "seed of all chance; the scenario's if left out", seed, 0)
      .option("replicates", "N", "runs it N times, each with draws of its own", replicates, 1)
      .option("workers", "N", "replicates at a time; one a core if left out", workers, 1)
      .option("out", "DIR",
              "writes summary.json, series.csv, jobs.csv, bills.csv, training.csv and run.svg; of replicates "
              "summary.json, replicates.csv, series.csv and run.svg",
              out)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const sim::Scenario scenario = sim::load_scenario(file, settings);
  const std::uint64_t first_seed = seed >= 0 ? static_cast<std::uint64_t>(seed) : scenario.seed;
  if (replicates == 1) {
    simulate_and_show(scenario, {.seed = first_seed}, out, parse_format(format));
    return Exit::ok;
  }
  const std::vector courses{analysis::course_of(file, scenario)};
  const auto records = run_watched(courses, {.seed = first_seed,
                                             .replicates = replicate_count(replicates),
                                             .workers = worker_count(workers),
                                             .keep_series = out.has_value()});
  show_replicates(records.front(), out, parse_format(format));
  return Exit::ok;
}

}  // namespace chokepoint::cli
