#include "sim/input/json_reader.hpp"

#include <doctest/doctest.h>

#include "sim/input/schema_writer.hpp"

namespace chokepoint::sim {
namespace {

struct Engine {
  std::string name;
  double limit_w = 1.0;
  std::vector<double> steps;
  std::int64_t cylinders = 4;
};

void visit(FieldVisitor& v, Engine& engine) {
  v.object("an engine", [&] {
    v.field("name", "its name", required, [&] { v.text(engine.name); });
    v.field("limit", "most power", optional,
            [&] { v.quantity(engine.limit_w, models::dimension::power, Range::positive()); });
    v.field("cylinders", "how many", optional, [&] { v.integer(engine.cylinders, Range::at_least(1)); });
    v.field("steps", "shares", optional,
            [&] { v.list(engine.steps, 1, [&](double& step) { v.number(step, Range::share()); }); });
  });
}

std::vector<Fault> faults_of(const char* text) {
  try {
    read_value<Engine>(parse_json(text, "engine.json"), "engine.json");
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace

TEST_CASE("values are read with their units") {
  const auto engine =
      read_value<Engine>(parse_json(R"({"name": "a", "limit": "40 MW", "steps": [0.5, "5 %"]})", "x"), "x");
  CHECK(engine.limit_w == 40e6);
  CHECK(engine.steps == std::vector{0.5, 0.05});
}

TEST_CASE("all faults of a file come at once, each with its place") {
  const auto faults = faults_of(R"({"limitt": "40 MW", "limit": "40 km", "cylinders": 0, "steps": [0.5, 2]})");
  REQUIRE(faults.size() == 5);
  CHECK(faults[0].text() == "engine.json: /: expected the key \"name\" (its name), found none");
  CHECK(faults[1].where == "/limit");
  CHECK(faults[2].where == "/cylinders");
  CHECK(faults[3].where == "/steps/1");
  CHECK(faults[4].where == "/limitt");
  CHECK(faults[4].hint == "did you mean \"limit\"?");
}

TEST_CASE("a wrong dimension says which one was found") {
  const auto faults = faults_of(R"({"name": "a", "limit": "3 d"})");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].expected == "a power, such as \"40 MW\"");
  CHECK(faults[0].found == "\"3 d\", which is a duration, such as \"30 d\"");
}

TEST_CASE("a key that stands twice is a fault and not a choice") {
  const auto faults = faults_of(R"({"name": "a", "steps": [1], "name": "b"})");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "/name");
}

TEST_CASE("broken JSON is shown by line and column") {
  const auto faults = faults_of("{\n  \"name\": \"a\",\n  \"steps\": [1 2]\n}");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "line 3, column 15");
}

TEST_CASE("the schema comes from the same description") {
  SchemaWriter writer;
  Engine engine;
  visit(writer, engine);
  const Json& schema = writer.schema();
  CHECK(schema["required"] == Json::array({"name"}));
  CHECK(schema["properties"]["cylinders"]["minimum"] == 1.0);
  CHECK(schema["properties"]["steps"]["items"]["maximum"] == 1.0);
  CHECK(schema["additionalProperties"] == false);
}

}  // namespace chokepoint::sim
