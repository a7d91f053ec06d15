#include "cli/run_command.hpp"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/ensemble_runs.hpp"
#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/simulation.hpp"
#include "sim/scenario/ensemble.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_run(std::span<const std::string> arguments) {
  std::string file;
  std::vector<std::string> settings;
  std::int64_t seed = -1;
  std::int64_t replicates = 1;
  std::int64_t sets = 0;
  std::int64_t workers = 0;
  std::optional<std::string> out;
  std::string format = "table";
  Options options("chokepoint run SCENARIO [options]",
                  "Runs a scenario and shows its key figures; with replicates, how far chance moves them.");
  options.operand("SCENARIO", file)
      .options("set", "POINTER=VALUE", "changes a setting, such as /sites/0/pue=1.2", settings)
      .option("seed", "N", "seed of all chance; the scenario's if left out", seed, 0)
      .option("replicates", "N", "runs it N times, each with draws of its own", replicates, 1)
      .option("sets", "M", "of the scenario's ensemble, M sets drawn by weight; all if left out", sets, 1)
      .option("workers", "N", "replicates at a time; one a core if left out", workers, 1)
      .option(
          "out", "DIR",
          "writes summary.json and what the scenario has of series.csv, jobs.csv, bills.csv, training.csv, market.csv, "
          "allocations.csv, contracts.csv and run.svg; of replicates summary.json, replicates.csv, series.csv and "
          "run.svg",
          out)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const sim::ScenarioDocument document = sim::load_document(file, {{settings}});
  const auto ensemble = sim::ensemble_of(document);
  const sim::Scenario scenario = sim::load_scenario(document);
  const std::uint64_t first_seed = seed >= 0 ? static_cast<std::uint64_t>(seed) : scenario.seed;
  if (sets > 0 && (!ensemble || replicates == 1))
    throw UsageError("--sets: expected a scenario with an \"ensemble\" and --replicates of at least 2");
  if (replicates == 1) {
    simulate_and_show(scenario, {.seed = first_seed}, out, parse_format(format));
    if (ensemble && format == "table")
      fmt::print("\nThe best of the sets in {}, of which {} fit.\n", ensemble->file, ensemble->sets.size());
    return Exit::ok;
  }
  if (ensemble) {
    if (out) throw UsageError("--out: expected no folder where replicates run over an ensemble, found one");
    run_and_show(document, *ensemble,
                 {.seed = first_seed,
                  .replicates = replicate_count(replicates),
                  .sets = sets > 0 ? std::optional(static_cast<std::size_t>(sets)) : std::nullopt,
                  .workers = worker_count(workers)},
                 parse_format(format));
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
