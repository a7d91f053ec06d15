#include "cli/check_command.hpp"

#include <cstdio>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "analysis/study/load_study.hpp"
#include "cli/options.hpp"
#include "cli/scenario_words.hpp"
#include "sim/input/fault.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {
namespace {

/// By keys that no scenario has.
bool is_study(const sim::Json& json) {
  return json.is_object() && (json.contains("parameters") || json.contains("outcomes") || json.contains("design"));
}

}  // namespace

Exit run_check(std::span<const std::string> arguments) {
  std::vector<std::string> files;
  std::vector<std::string> settings;
  bool describe = false;
  Options options(
      "chokepoint check FILE... [options]",
      "Reads scenarios and studies with all that they name and tells every fault, without running anything.");
  options.operands("FILE", 1, files)
      .flag("describe", "says in words what each scenario simulates", describe)
      .options("set", "POINTER=VALUE", "changes a setting, such as /sites/0/pue=1.2", settings);
  if (!options.parse(arguments)) return Exit::ok;

  std::vector<sim::Fault> faults;
  std::string text;
  for (const std::string& file : files) {
    try {
      const sim::Json json = sim::load_json(file);
      // A pipe is read once.
      const sim::JsonLoader load = [&](const std::filesystem::path& path) {
        return path == file ? json : sim::load_json(path);
      };
      if (is_study(json)) {
        if (describe || !settings.empty())
          throw sim::InputError(sim::Fault{.file = file,
                                           .where = {},
                                           .expected = "a scenario, to describe or to set",
                                           .found = "a study",
                                           .hint = {}});
        (void)analysis::load_study(file, load);
        text += fmt::format("{}: ok\n", file);
        continue;
      }
      const sim::Scenario scenario = sim::load_scenario(file, settings, load);
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
