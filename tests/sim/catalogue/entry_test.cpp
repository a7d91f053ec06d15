#include "sim/catalogue/entry.hpp"

#include <doctest/doctest.h>

#include "sim/catalogue/facility_entries.hpp"
#include "sim/catalogue/hardware_entries.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/schema_writer.hpp"

namespace chokepoint::sim {
namespace {

template <class T>
std::vector<Fault> faults_of(const char* text) {
  try {
    read_value<Entry<T>>(parse_json(text, "entry.json"), "entry.json");
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace

TEST_CASE("an entry without source or confidence and with a date that does not exist has three faults") {
  const auto faults = faults_of<models::WetBulbClimate>(
      R"({"about": "a place", "date": "2023-13", "mean": "9 degC", "half_range": "10 degC"})");
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].expected.starts_with("the key \"source\""));
  CHECK(faults[1].where == "/date");
  CHECK(faults[2].expected.starts_with("the key \"confidence\""));
}

TEST_CASE("a date may be a year or a month or a day") {
  for (const char* date : {"2023", "2023-06", "2023-06-30"})
    CHECK(faults_of<models::WetBulbClimate>(
              (std::string(R"({"about": "a", "source": "b", "confidence": "assumed", "mean": "9 degC",
                               "half_range": "10 degC", "date": ")") +
               date + "\"}")
                  .c_str())
              .empty());
}

TEST_CASE("a PUE below 1 and a range of cop upside down are faults") {
  const char* head = R"({"about": "a", "source": "b", "date": "2023", "confidence": "assumed", )";
  CHECK(faults_of<Cooling>((std::string(head) + R"("kind": "constant", "pue": 0.9})").c_str()).size() == 1);
  const auto faults =
      faults_of<Cooling>((std::string(head) + R"("kind": "load-and-weather", "fixed_loss": "1 %", "linear_loss": "1 %",
        "square_loss": "1 %", "cop": 4, "cop_wet_bulb": "20 degC", "cop_fall_per_degree": 0.1, "least_cop": 5,
        "most_cop": 3})")
                             .c_str());
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "/most_cop");
}

TEST_CASE("the same description gives the schema of a server") {
  SchemaWriter writer;
  Entry<ServerEntry> entry;
  visit(writer, entry);
  CHECK(writer.schema()["properties"]["power"]["properties"].contains("idle"));
  CHECK(writer.schema()["required"].size() == 7);
}

}  // namespace chokepoint::sim
