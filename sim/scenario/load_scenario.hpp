#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/input/json_document.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::sim {

/// Texts "POINTER=VALUE", and what messages about them name in place of a file.
struct GivenSettings {
  std::vector<std::string> texts;
  std::string source = "--set";
};

/// Reads a scenario with what it extends and sets settings in their order. Throws InputError with every setting that
/// cannot be set and, where there is one, what is wrong with the scenario under the others.
ScenarioDocument load_document(const std::filesystem::path& path, const std::vector<GivenSettings>& given,
                               const JsonLoader& load = load_json);

/// Reads a scenario with what it extends and with settings ("POINTER=VALUE") on top, and the traces, tariffs and
/// entries of the catalogue that it names. Throws InputError with every fault of the file, or, where it has none, of
/// what it names.
Scenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& settings = {},
                       const JsonLoader& load = load_json);

/// The same of a document that was read and set before.
Scenario load_scenario(const ScenarioDocument& document);

/// The JSON Schema of scenario files (draft 2020-12), made from the same description as the reader.
Json scenario_schema();

}  // namespace chokepoint::sim
