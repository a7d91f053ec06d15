#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "sim/scenario/load_scenario.hpp"
#include "support/places.hpp"

namespace chokepoint::sim {

TEST_CASE("scenarios/schema.json is what chokepoint schema writes") {
  std::ostringstream file;
  file << std::ifstream(CHOKEPOINT_SOURCE_DIR "/scenarios/schema.json").rdbuf();
  // To renew it: chokepoint schema > scenarios/schema.json
  CHECK(file.str() == scenario_schema().dump(2) + '\n');
}

TEST_CASE("every key that the schema knows is in the table of the README") {
  std::ostringstream readme;
  readme << std::ifstream(CHOKEPOINT_SOURCE_DIR "/sim/scenario/README.md").rdbuf();
  const std::string text = readme.str();
  const Json schema = scenario_schema();
  const auto expect_keys = [&text](const Json& object) {
    for (const auto& [key, value] : object.at("properties").items()) {
      CAPTURE(key);
      CHECK(text.find("`" + key + "`") != std::string::npos);
    }
  };
  expect_keys(schema);
  expect_keys(schema["properties"]["sites"]["items"]);
  expect_keys(schema["properties"]["sites"]["items"]["properties"]["customer"]);
  expect_keys(schema["properties"]["sites"]["items"]["properties"]["curtailments"]["items"]);
  const Json& fleet = schema["properties"]["fleets"]["items"]["properties"];
  expect_keys(schema["properties"]["fleets"]["items"]);
  expect_keys(schema["properties"]["fleets"]["items"]["properties"]["fabric"]);
  expect_keys(fleet["failures"]);
  expect_keys(fleet["failures"]["properties"]["lemons"]);
  expect_keys(fleet["checkpoints"]);
  expect_keys(schema["properties"]["case"]);
  const Json& market = schema["properties"]["market"];
  expect_keys(market);
  for (const auto& [key, part] : market["properties"].items())
    if (part.contains("items") && key != "shocks") expect_keys(part["items"]);
  for (const Json& kind : schema["properties"]["fleets"]["items"]["properties"]["workload"]["anyOf"][0]["oneOf"]) {
    expect_keys(kind);
    if (kind["properties"].contains("runs")) expect_keys(kind["properties"]["runs"]["items"]);
  }
}

}  // namespace chokepoint::sim
