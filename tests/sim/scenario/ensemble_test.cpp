#include "sim/scenario/ensemble.hpp"

#include <doctest/doctest.h>

#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::sim {
namespace {

const char* const scenario_text = R"({"name": "a", "start": "2024-01-01", "duration": "1 d", "ensemble": "fit.json",
  "currency": "CNY",
  "sites": [{"name": "s", "pue": 1.2, "it_load": "1 MW", "tariff": {"kind": "flat", "price": "0.4 CNY/kWh"}}]})";

const char* const ensemble_text = R"({"parameters": [
    {"name": "load", "at": ["/sites/0/it_load"], "unit": "MW"}, {"name": "pue", "at": ["/sites/0/pue"], "unit": ""}],
  "best": {"values": [1.5, 1.3], "misfit": 0.2, "weight": 0},
  "sets": [{"values": [1.25, 1.4], "misfit": 1, "weight": 0.25}, {"values": [2, 1.1], "misfit": 1, "weight": 0.75}]})";

Json load(const std::filesystem::path& path, const std::string& ensemble = ensemble_text) {
  return parse_json(path.filename() == "fit.json" ? ensemble : scenario_text, path.generic_string());
}

ScenarioDocument ensemble_document() {
  return ScenarioDocument("folder/a.json", [](const auto& path) { return load(path); });
}

Ensemble ensemble(const std::string& text = ensemble_text) {
  return load_ensemble("folder/fit.json", [&](const auto& path) { return load(path, text); });
}

}  // namespace

TEST_CASE("a scenario names its ensemble relative to its own file") {
  std::string asked;
  const auto found = ensemble_of(ensemble_document(), [&](const std::filesystem::path& path) {
    asked = path.generic_string();
    return load(path);
  });
  REQUIRE(found.has_value());
  CHECK(asked == "folder/fit.json");
  CHECK(found->parameters[0].unit == "MW");
  CHECK(found->sets[1].values == std::vector{2.0, 1.1});
  CHECK(found->best.misfit == 0.2);
}

TEST_CASE("a set stands in the scenario as if it were written there") {
  ScenarioDocument changed = ensemble_document();
  apply(changed, ensemble(), ensemble().sets[0]);
  CHECK(changed.root()["sites"][0]["it_load"] == "1.25 MW");
  CHECK(changed.root()["sites"][0]["pue"] == 1.4);
  CHECK_FALSE(changed.root().contains("ensemble"));
  CHECK(load_scenario(changed).sites[0].it_load_w == 1.25e6);
}

TEST_CASE("what is set on purpose keeps its value") {
  ScenarioDocument changed = ensemble_document();
  changed.set(parse_setting("/sites/0/pue=1.7"));
  apply(changed, ensemble(), ensemble().sets[0]);
  CHECK(changed.root()["sites"][0]["pue"] == 1.7);
  CHECK(changed.root()["sites"][0]["it_load"] == "1.25 MW");
}

TEST_CASE("an ensemble that does not fit the scenario is told with its pointer") {
  std::string text = ensemble_text;
  text.replace(text.find("/sites/0/pue"), 12, "/site/0/pue");
  ScenarioDocument changed = ensemble_document();
  CHECK_THROWS_WITH_AS(apply(changed, ensemble(text), ensemble(text).best),
                       "folder/fit.json: /parameters/1/at/0: expected a pointer to something in the scenario, found no "
                       "key \"site\" (did you mean \"sites\"?)",
                       InputError);
}

TEST_CASE("the name on the way of a pointer is that of the innermost element of a list") {
  const Json root = parse_json(scenario_text, "a.json");
  CHECK(name_on_way(root, "/sites/0/tariff/price") == "s");
  CHECK(name_on_way(root, "/sites/0") == "s");
  CHECK(name_on_way(root, "/currency").empty());
  CHECK(name_on_way(root, "/sites/1/pue").empty());
  CHECK(name_on_way(root, "/name").empty());
}

TEST_CASE("an ensemble is not put into what has another name than it was fitted to") {
  std::string text = ensemble_text;
  const std::string unit = R"("unit": ""})";
  text.replace(text.find(unit), unit.size(), R"("unit": "", "of": ["t"]})");
  ScenarioDocument changed = ensemble_document();
  CHECK_THROWS_WITH_AS(apply(changed, ensemble(text), ensemble(text).best),
                       "folder/fit.json: /parameters/1/at/0: expected /sites/0/pue to lie in \"t\", found it in \"s\"",
                       InputError);
  text.replace(text.find(R"(["t"])"), 5, R"(["s"])");
  ScenarioDocument same = ensemble_document();
  apply(same, ensemble(text), ensemble(text).best);
  CHECK(same.root()["sites"][0]["pue"] == 1.3);
  text.replace(text.find(R"(["s"])"), 5, R"(["s", "s"])");
  CHECK_THROWS_WITH_AS(ensemble(text), "folder/fit.json: /parameters/1/of: expected 1 names, one a pointer, found 2",
                       InputError);
}

TEST_CASE("every fault of an ensemble is told at once") {
  std::string text = ensemble_text;
  text.replace(text.find("[1.25, 1.4]"), 11, "[1.25]");
  text.replace(text.find("\"weight\": 0.75"), 14, "\"weight\": -1");
  try {
    ensemble(text);
    FAIL("no fault was found");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 2);
    CHECK(error.faults()[0].text() == "folder/fit.json: /sets/0/values: expected 2 values, one a parameter, found 1");
    CHECK(error.faults()[1].where == "/sets/1/weight");
  }
}

}  // namespace chokepoint::sim
