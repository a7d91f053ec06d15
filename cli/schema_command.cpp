#include "cli/schema_command.hpp"

#include <cstdio>

#include "analysis/study/study_fields.hpp"
#include "cli/options.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {

Exit run_schema(std::span<const std::string> arguments) {
  std::optional<std::string> of;
  Options options("chokepoint schema [scenario|study]",
                  "Writes the JSON Schema of scenario files, or of study files, by which editors complete and check "
                  "them.");
  options.operand("scenario|study", of);
  if (!options.parse(arguments)) return Exit::ok;
  if (of && *of != "scenario" && *of != "study") throw UsageError("expected scenario or study, found \"" + *of + '"');
  const sim::Json schema = of == "study" ? analysis::study_schema() : sim::scenario_schema();
  std::fputs((schema.dump(2) + '\n').c_str(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
