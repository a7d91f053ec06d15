#include "cli/schema_command.hpp"

#include <cstdio>

#include "cli/options.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_schema(std::span<const std::string> arguments) {
  const Options options("chokepoint schema",
                        "Writes the JSON Schema of scenario files, by which editors complete and check them.");
  if (!options.parse(arguments)) return Exit::ok;
  const std::string text = sim::scenario_schema().dump(2) + '\n';
  std::fputs(text.c_str(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
