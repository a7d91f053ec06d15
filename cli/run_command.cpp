#include "cli/run_command.hpp"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/options.hpp"
#include "cli/simulation.hpp"
#include "sim/scenario/ensemble.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_run(std::span<const std::string> arguments) {
  std::string file;
  std::vector<std::string> settings;
  std::int64_t seed = -1;
  std::optional<std::string> out;
  std::string format = "table";
  Options options("chokepoint run SCENARIO [options]", "Runs a scenario once and shows its key figures.");
  options.operand("SCENARIO", file)
      .options("set", "POINTER=VALUE", "changes a setting, such as /sites/0/pue=1.2", settings)
      .option("seed", "N", "seed of all chance; the scenario's if left out", seed, 0)
      .option("out", "DIR", "writes summary.json, series.csv, jobs.csv, bills.csv, training.csv and run.svg", out)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  sim::ScenarioDocument document(file);
  for (const std::string& setting : settings) document.set(sim::parse_setting(setting));
  const auto ensemble = sim::ensemble_of(document);
  const sim::Scenario scenario = sim::load_scenario(document);
  simulate_and_show(scenario, {.seed = seed >= 0 ? static_cast<std::uint64_t>(seed) : scenario.seed}, out,
                    parse_format(format));
  if (ensemble && format == "table")
    fmt::print("\nThe best of the sets in {}, of which {} fit.\n", ensemble->file, ensemble->sets.size());
  return Exit::ok;
}

}  // namespace chokepoint::cli
