#pragma once

#include <string>

#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::tests {

/// The document that `text` would be in a file.
inline sim::ScenarioDocument document_of(const std::string& text, const std::string& file = "scenario.json") {
  return sim::ScenarioDocument(file, [&](const std::filesystem::path&) { return sim::Json::parse(text); });
}

}  // namespace chokepoint::tests
