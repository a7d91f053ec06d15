#pragma once

#include <string>

#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::tests {

/// The scenario that `text` would be in a file.
inline sim::Scenario scenario_of(const std::string& text) {
  return sim::load_scenario("scenario.json", {}, [&](const std::filesystem::path&) { return sim::Json::parse(text); });
}

/// One fleet of `nodes` servers of 8 A100 at a site in UTC, from 2023-01-02 (a Monday), with `workload` and, in front
/// of the fleet, more keys of the scenario, such as "\"duration\": \"2 d\",".
inline sim::Scenario scenario_with(const std::string& workload, const std::string& keys, int nodes = 1000) {
  return scenario_of(R"({"name": "a", "start": "2023-01-02", )" + keys + R"("sites": [{"name": "s"}], "fleets": [
    {"name": "f", "server": "dgx-a100-80gb", "nodes": )" +
                     std::to_string(nodes) + R"(, "workload": )" + workload + "}]}");
}

}  // namespace chokepoint::tests
