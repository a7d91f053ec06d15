#include "sim/scenario/scenario_document.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

ScenarioDocument document() {
  return ScenarioDocument("base.json", [](const std::filesystem::path& path) {
    return parse_json(R"({"name": "a", "sites": [{"name": "s", "pue": 1.2}, {"name": "t"}]})", path.string());
  });
}

Setting setting(std::string pointer, Json value) {
  return {.pointer = std::move(pointer), .value = std::move(value), .words = "words", .source = "study.json"};
}

TEST_CASE("a copy of a document is set without its origin") {
  const ScenarioDocument origin = document();
  ScenarioDocument copy = origin;
  copy.set(setting("/sites/0/pue", 1.5));
  CHECK(copy.root()["sites"][0]["pue"] == 1.5);
  CHECK(origin.root()["sites"][0]["pue"] == 1.2);
}

TEST_CASE("null takes a key or an element away and a key that is not there is refused") {
  ScenarioDocument changed = document();
  changed.set(parse_setting("/sites/0/pue=null"));
  CHECK_FALSE(changed.root()["sites"][0].contains("pue"));
  changed.set(parse_setting("/sites/1=null"));
  CHECK(changed.root()["sites"].size() == 1);
  CHECK_THROWS_WITH_AS(changed.set(parse_setting("/sites/0/naem=null")),
                       doctest::Contains("no key \"naem\" (did you mean \"name\"?)"), InputError);
  CHECK_THROWS_AS(changed.set(parse_setting("/sites/-=null")), InputError);
}

TEST_CASE("messages name who set a value last") {
  ScenarioDocument changed = document();
  CHECK(changed.file_of("/sites/0/pue") == "base.json");
  changed.set(parse_setting("/sites/0={\"name\": \"u\", \"pue\": 2}"));
  CHECK(changed.file_of("/sites/0/pue") == "--set");
  changed.set(setting("/sites/0/pue", 3.0));
  CHECK(changed.file_of("/sites/0/pue") == "study.json");
  CHECK(changed.file_of("/sites/0/name") == "--set");
  CHECK(changed.file_of("/sites/1/name") == "base.json");
}

TEST_CASE("a pointer that hits nothing is told with what is near") {
  ScenarioDocument changed = document();
  CHECK_THROWS_WITH_AS(changed.set(setting("/site/0/pue", 1.0)),
                       "study.json: words: expected a pointer to something in the scenario, found no key \"site\" (did "
                       "you mean \"sites\"?)",
                       InputError);
  CHECK_THROWS_WITH_AS(changed.set(setting("/sites/2/pue", 1.0)), doctest::Contains("an index from 0 to 1"),
                       InputError);
}

}  // namespace
}  // namespace chokepoint::sim
