#include "cli/check_command.hpp"

#include <cstdio>
#include <vector>

#include <fmt/format.h>

#include "cli/options.hpp"
#include "cli/scenario_words.hpp"
#include "sim/input/fault.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_check(std::span<const std::string> arguments) {
  std::vector<std::string> files;
  std::vector<std::string> settings;
  bool describe = false;
  Options options("chokepoint check SCENARIO... [options]",
                  "Reads scenarios with all that they name and tells every fault, without running anything.");
  options.operands("SCENARIO", 1, files)
      .flag("describe", "says in words what each scenario simulates", describe)
      .options("set", "POINTER=VALUE", "changes a setting, such as /sites/0/pue=1.2", settings);
  if (!options.parse(arguments)) return Exit::ok;

  std::vector<sim::Fault> faults;
  std::string text;
  for (const std::string& file : files) {
    try {
      const sim::Scenario scenario = sim::load_scenario(file, settings);
      if (describe && !text.empty()) text += '\n';
      text += describe ? scenario_words(scenario) : fmt::format("{}: ok\n", file);
    } catch (const sim::InputError& error) {
      faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    }
  }
  sim::throw_if_any(std::move(faults));
  std::fputs(text.c_str(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
