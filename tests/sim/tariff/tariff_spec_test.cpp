#include "sim/tariff/tariff_spec.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "models/tariff/bill.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/schema_writer.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

namespace chokepoint::sim {
namespace {

double day_of_100_kw(const models::Tariff& tariff) {
  const models::LoadSeries load{.start = models::Instant{std::chrono::sys_days{std::chrono::year{2023} / 1 / 2}},
                                .step = std::chrono::hours{1},
                                .power_w = std::vector<double>(24, 1e5)};
  return models::make_bill(tariff, load, models::TimeZone{}, {}).total.units();
}

models::Tariff tariff_of(const Json& json) {
  return resolve_tariff(read_value<TariffSpec>(json, "x.json"), {});
}

std::vector<Fault> faults_of(const Json& json) {
  try {
    tariff_of(json);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace

TEST_CASE("a tariff is given by name by file or written out") {
  CHECK(day_of_100_kw(tariff_of("yangquan-flat")) == 1080.0);
  const Json written{{"kind", "flat"}, {"price", "0.45 CNY/kWh"}};
  CHECK(day_of_100_kw(tariff_of(written)) == 1080.0);
  const auto path =
      std::filesystem::temp_directory_path() / ("chokepoint_tariff_" + std::to_string(getpid()) + ".json");
  std::ofstream(path) << written.dump();
  CHECK(day_of_100_kw(tariff_of(Json{{"file", path.string()}})) == 1080.0);
  std::filesystem::remove(path);
}

TEST_CASE("hourly prices are written out with their unit") {
  std::vector<double> prices(24, 50.0);
  prices[3] = -100.0;
  const Json json{
      {"kind", "hourly"}, {"unit", "EUR/MWh"}, {"start", "2023-01-02"}, {"prices", prices}, {"adder", "0.01 EUR/kWh"}};
  const models::Tariff tariff = tariff_of(json);
  CHECK(tariff.currency.code() == "EUR");
  CHECK(day_of_100_kw(tariff) == doctest::Approx(2.3 * 50 - 10 + 24));
}

TEST_CASE("days are written as runs of hours") {
  const std::vector<std::string> day(12, "12x0 12x1");
  const Json json{{"kind", "schedule"},
                  {"currency", "EUR"},
                  {"energyratestructure", {{{{"rate", 0.1}}}, {{{"rate", 0.2}}}}},
                  {"energyweekdayschedule", day},
                  {"energyweekendschedule", day}};
  CHECK(day_of_100_kw(tariff_of(json)) == doctest::Approx(360.0));
}

TEST_CASE("a ratchet is written out") {
  Json json{{"kind", "schedule"},
            {"flatdemandstructure", {{{{"rate", 1}}}}},
            {"ratchet", {{"minimum", "500 kW"}, {"months", 11}, {"own_shares", std::vector<double>(12, 1.0)}}}};
  CHECK(day_of_100_kw(tariff_of(json)) == 500.0);
  json["ratchet"]["own_shares"] = {1.0};
  CHECK(faults_of(json).size() == 1);
}

TEST_CASE("peaks of the system are written out by date") {
  const Json hours{{"from", "2023-01-02T07:00Z"}, {"to", "2023-01-02T08:00Z"}};
  const Json event{{"rate", 2}, {"hours", Json::array({hours})}};
  Json json{{"kind", "schedule"}, {"mincharge", 250}, {"coincident_events", Json::array({event})}};
  // 31 January days share the minimum: 250 / 31 for the day, less than 200 for the peak.
  CHECK(day_of_100_kw(tariff_of(json)) == 200.0);
  json["mincharge"] = 31 * 250;
  CHECK(day_of_100_kw(tariff_of(json)) == 250.0);
  json["coincident_events"][0]["hours"][0]["to"] = "2023-01-02T06:00Z";
  CHECK(faults_of(json).size() == 1);
}

TEST_CASE("faults of a tariff come at once and name what is near") {
  CHECK(faults_of("yangquan-flatt")[0].hint == "did you mean \"yangquan-flat\"?");
  CHECK(faults_of(Json{{"kind", "flatt"}})[0].hint == "did you mean \"flat\"?");
  CHECK(faults_of(Json{{"kind", "flat"}, {"price", "0.45 CNY/kW"}}).size() == 1);
  CHECK(faults_of(Json{{"kind", "flat"}, {"prise", "0.45 CNY/kWh"}}).size() == 2);
  CHECK(faults_of(Json{{"kind", "hourly"}, {"unit", "EUR/kW"}}).size() == 2);
}

TEST_CASE("a season that is missing or a day with gaps is a fault") {
  Json json{
      {"kind", "chinese-two-part"},
      {"prices", {{"sharp", "1 CNY/kWh"}, {"peak", "0.8 CNY/kWh"}, {"flat", "0.6 CNY/kWh"}, {"valley", "0.4 CNY/kWh"}}},
      {"flat_price_parts", {{"energy", "0.5 CNY/kWh"}, {"transmission", "0.1 CNY/kWh"}}},
      {"seasons", {{{"months", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, {"hours", "12xvalley 12xsharp"}}}},
      {"demand_price", "39 CNY/kW"},
      {"capacity_price", "24.4 CNY/kVA"}};
  CHECK(day_of_100_kw(tariff_of(json)) == doctest::Approx(1200 * 1.4 + 3900));
  Json mixed = json;
  mixed["demand_price"] = "39 USD/kW";
  CHECK(faults_of(mixed).size() == 1);
  json["flat_price_parts"]["transmission"] = "0.2 CNY/kWh";
  json["seasons"][0]["hours"] = "12xvalley 11xsharp";
  json["seasons"][0]["months"].erase(4);
  CHECK(faults_of(json).size() == 3);
}

TEST_CASE("a schema shows every form of a tariff") {
  SchemaWriter writer;
  TariffSpec spec;
  visit(writer, spec);
  const Json& forms = writer.schema()["anyOf"];
  REQUIRE(forms.size() == 3);
  CHECK(forms[0]["type"] == "string");
  CHECK(forms[1]["oneOf"].size() == 4);
  CHECK(forms[2]["required"] == Json::array({"file"}));
}

TEST_CASE("every tariff of the catalogue says where it comes from") {
  CHECK(catalogue_tariffs().entries().size() >= 8);
  for (const auto& [name, entry] : catalogue_tariffs().entries()) {
    CAPTURE(name);
    CHECK_FALSE(entry.provenance.about.empty());
    CHECK_FALSE(entry.provenance.source.empty());
    CHECK(entry.provenance.date.size() == 10);
    CHECK_FALSE(entry.value.charges.empty());
    CHECK(models::metering_step(entry.value) == std::chrono::minutes{15});
  }
}

TEST_CASE("a name that is no tariff and no file is refused with a near name") {
  try {
    read_tariff("hubei-2026-01-110k");
    FAIL("no fault");
  } catch (const InputError& error) {
    CHECK(error.faults()[0].hint == "did you mean \"hubei-2026-01-110kv\"?");
  }
  CHECK_THROWS_AS(read_tariff("no-such-file.json"), InputError);
}

}  // namespace chokepoint::sim
