#include "sim/tariff/urdb_reader.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "models/tariff/bill.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

Json table(int period) {
  return Json(std::vector<std::vector<int>>(12, std::vector<int>(24, period)));
}

/// A rate with one period of energy and one of demand.
Json plain() {
  return Json{{"name", "plain"},
              {"energyratestructure", {{{{"rate", 0.1}, {"adj", 0.02}, {"unit", "kWh"}}}}},
              {"energyweekdayschedule", table(0)},
              {"energyweekendschedule", table(0)},
              {"demandratestructure", {{{{"max", 50}, {"rate", 2}}, {{"rate", 1}}}}},
              {"demandweekdayschedule", table(0)},
              {"demandweekendschedule", table(0)}};
}

std::vector<Fault> rate_faults(const Json& rate) {
  try {
    read_urdb(rate, "rate.json");
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

models::Bill year(const Json& rate, double power_kw, const models::BillingOptions& options = {}) {
  const models::Instant start = std::chrono::sys_days{std::chrono::year{2018} / 1 / 1};
  models::LoadSeries load{
      .start = start, .step = std::chrono::hours{1}, .power_w = std::vector<double>(8760, power_kw * 1e3)};
  load.power_w[24 * 45] *= 10;  // a peak in February
  return models::make_bill(read_urdb(rate, "rate.json"), load, models::TimeZone{}, options);
}

}  // namespace

TEST_CASE("rate and adjustment both apply") {
  const models::Bill bill = year(plain(), 10);
  CHECK(bill.months[0].energy_kwh == 7440.0);
  CHECK(bill.lines[0].by_month[0].units() == 892.8);
  CHECK(bill.lines[1].by_month[0].units() == 20.0);
  CHECK(bill.lines[1].by_month[1].units() == 150.0);
}

TEST_CASE("descriptive keys and notes pass and an answer of the database holds the rate") {
  Json rate = plain();
  rate["_note"] = "a note";
  rate["utility"] = "a utility";
  rate["energyattrs"] = {{{"discount", "$-0.001/kWh"}}};
  rate["demandattrs"] = Json::array();
  rate["energycomments"] = "text";
  rate["demandcomments"] = "text";
  rate["fixedchargeeaaddl"] = 3;
  rate["peakkwcapacitymin"] = 20;
  rate["flatdemandunit"] = "kW";
  rate["minmonthlycharge"] = nullptr;
  CHECK(rate_faults(rate).empty());
  CHECK(rate_faults(Json{{"items", {rate}}}).empty());
  CHECK(rate_faults(Json{{"items", {rate, rate}}}).size() == 1);
}

TEST_CASE("look-backs by month and by range and ratchets keep a share of the highest demand") {
  Json rate = plain();
  rate.erase("demandratestructure");
  rate["flatdemandstructure"] = {{{{"rate", 1}}}};
  rate["flatdemandmonths"] = std::vector<int>(12, 0);
  Json by_months = rate;
  by_months["lookbackPercent"] = 0.5;
  by_months["lookbackMonths"] = std::vector<int>(12, 1);
  CHECK(year(by_months, 10, {.year_repeats = true}).lines[1].total.units() == 100 + 11 * 50);
  by_months["lookbackMonths"] =
      std::vector<bool>{true, false, true, true, true, true, true, true, true, true, true, true};
  CHECK(year(by_months, 10, {.year_repeats = true}).lines[1].total.units() == 100 + 11 * 10);
  Json by_range = rate;
  by_range["lookbackpercent"] = 50;
  by_range["lookbackrange"] = 3;
  CHECK(year(by_range, 10, {.year_repeats = true}).lines[1].total.units() == 100 + 3 * 50 + 8 * 10);
  Json ratchet = rate;
  ratchet["demandratchetpercentage"] = {0.8, 0.8, 0.8, 0.8, 0, 0, 0, 0, 0, 0, 0, 0};
  CHECK(year(ratchet, 10).lines[1].total.units() == 100 + 2 * 80 + 9 * 10);
}

TEST_CASE("fixed and minimum charges by their units and older names") {
  const auto fixed = [](const char* key, const char* unit, double amount) {
    Json rate = plain();
    rate[key] = amount;
    if (*unit != '\0') rate[std::string(key) == "mincharge" ? "minchargeunits" : "fixedchargeunits"] = unit;
    return year(rate, 0).total.units();
  };
  CHECK(fixed("fixedchargefirstmeter", "$/month", 30) == 360.0);
  CHECK(fixed("fixedchargefirstmeter", "$/day", 2) == 730.0);
  CHECK(fixed("fixedchargefirstmeter", "$/year", 120) == 120.0);
  CHECK(fixed("fixedmonthlycharge", "", 30) == 360.0);
  CHECK(fixed("mincharge", "$/month", 10) == 120.0);
  CHECK(fixed("mincharge", "$/year", 10) == 10.0);
  CHECK(fixed("minmonthlycharge", "", 10) == 120.0);
  CHECK(fixed("annualmincharge", "", 10) == 10.0);
}

TEST_CASE("every structural fault is told with its place") {
  Json rate = plain();
  rate["energyweekdayschedule"][3][5] = 4;
  rate["energyweekendschedule"].erase(11);
  rate["demandweekdayschedule"][0].erase(23);
  rate["demandratestructure"][0][0]["max"] = "lots";
  rate["energyratestructure"][0][0]["unit"] = "kWh/day";
  rate["demandwindow"] = 7.3;
  const auto faults = rate_faults(rate);
  const auto has = [&](const char* where) { return std::ranges::find(faults, where, &Fault::where) != faults.end(); };
  CHECK(has("/energyweekdayschedule/3/5"));
  CHECK(has("/energyweekendschedule"));
  CHECK(has("/demandweekdayschedule/0"));
  CHECK(has("/demandratestructure/0/0/max"));
  CHECK(has("/energyratestructure/0/0/unit"));
  CHECK(has("/"));
}

TEST_CASE("tiers must rise and only the last may be without a limit") {
  Json rate = plain();
  rate["demandratestructure"] = {{{{"max", 50}, {"rate", 2}}, {{"max", 50}, {"rate", 1}}}};
  CHECK(rate_faults(rate).size() == 1);
  rate["demandratestructure"] = {{{{"rate", 2}}, {{"rate", 1}}}};
  CHECK(rate_faults(rate).size() == 1);
}

TEST_CASE("a misspelt key that counts is not passed over") {
  Json rate = plain();
  rate["energyweekdayschedul"] = rate["energyweekdayschedule"];
  const auto faults = rate_faults(rate);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].hint == "did you mean \"energyweekdayschedule\"?");
}

TEST_CASE("more than one period needs a schedule") {
  Json rate = plain();
  rate["energyratestructure"] = {{{{"rate", 0.1}}}, {{{"rate", 0.2}}}};
  rate.erase("energyweekdayschedule");
  const auto faults = rate_faults(rate);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].expected.find("energyweekdayschedule") != std::string::npos);
}

}  // namespace chokepoint::sim
