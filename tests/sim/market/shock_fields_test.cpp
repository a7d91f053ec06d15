#include "sim/market/shock_fields.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/input/schema_writer.hpp"
#include "sim/market/shock_check.hpp"
#include "sim/market/shock_texts.hpp"

namespace chokepoint::sim {
namespace {

using tests::day;
using tests::read_shocks;

std::vector<std::string> faults_of(const std::string& text) {
  std::vector<std::string> lines;
  try {
    read_shocks(text);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) lines.push_back(fault.text());
  }
  return lines;
}

TEST_CASE("a rule of export is read with its windows and its turns") {
  const auto shocks = read_shocks(R"([{"name": "ac-s", "kind": "export-rule", "announced": "2023-10-17",
    "effective": "2023-11-16", "end": "2025-01-01", "brought_forward": {"after": "6 d", "chance": 0.7, "believed": 0.1},
    "withdrawn": {"known": "2023-11-14", "chance": 0.2},
    "regions": ["CN"], "from": ["US"], "products": ["H20"],
    "rule": [[{"attribute": "total_processing_performance", "at_least": 4800}]],
    "waivers": [{"from": "2023-11-16", "until": "2024-03-01", "products": ["A800"]}],
    "licences": [{"from": "2024-06-01", "until": "2024-07-01", "announced": "2024-05-01", "share": "30 %"}],
    "refund": 0.9}])");
  REQUIRE(shocks.size() == 1);
  const ShockSpec& rule = shocks[0];
  CHECK(rule.kind == ShockKind::export_rule);
  CHECK(rule.side == ShockSide::seller);
  CHECK(rule.chance == 1.0);
  CHECK(rule.effective == day("2023-11-16"));
  CHECK(rule.end == day("2025-01-01"));
  CHECK_FALSE(rule.end_announced.has_value());
  REQUIRE(rule.brought_forward.has_value());
  CHECK(rule.forward_to == day("2023-10-23"));
  CHECK(rule.brought_forward->known == day("2023-10-23"));
  CHECK(rule.brought_forward->chance == 0.7);
  CHECK(rule.brought_forward->believed == 0.1);
  REQUIRE(rule.withdrawn.has_value());
  CHECK(rule.withdrawn->known == day("2023-11-14"));
  REQUIRE(rule.target.rule.clauses.size() == 1);
  CHECK(rule.target.rule.clauses[0][0].at_least == 4800.0);
  REQUIRE(rule.reliefs.size() == 2);
  CHECK(rule.reliefs[0].announced == day("2023-11-16"));
  CHECK(rule.reliefs[0].share == 1.0);
  CHECK(rule.reliefs[1].announced == day("2024-05-01"));
  CHECK(rule.reliefs[1].share == 0.3);
  CHECK(rule.refund == 0.9);
}

TEST_CASE("every kind is read with the keys that it has") {
  const auto shocks = read_shocks(R"([
    {"name": "a", "kind": "export-rule", "announced": "2022-08-26", "products": ["A100"]},
    {"name": "b", "kind": "import-stop", "announced": "2026-01-13"},
    {"name": "c", "kind": "foundry-outage", "announced": "2024-04-03", "end": "2024-04-10", "size": 0.8},
    {"name": "d", "kind": "capacity-ramp", "announced": "2023-06-01", "size": 2, "ramp": "180 d"},
    {"name": "e", "kind": "demand-surge", "announced": "2022-11-30", "size": 50, "ramp": "365 d"},
    {"name": "f", "kind": "product-launch", "announced": "2022-11-08", "products": ["A800"]},
    {"name": "g", "kind": "exchange-rate", "announced": "2023-05-01", "currency": "CNY", "size": 0.93},
    {"name": "h", "kind": "tariff", "announced": "2026-01-14", "size": 0.25},
    {"name": "i", "kind": "power-curtailment", "announced": "2022-08-15", "end": "2022-08-28", "size": 0.5},
    {"name": "j", "kind": "financing-stop", "announced": "2023-03-10", "size": 0.4},
    {"name": "k", "kind": "price-war", "announced": "2024-05-15", "size": 0.2},
    {"name": "l", "kind": "rumour", "announced": "2023-06-27", "about": "a", "believed": 0.25, "notice": "72 d"}])");
  REQUIRE(shocks.size() == shock_kind_names().size());
  for (std::size_t i = 0; i < shocks.size(); ++i) {
    CHECK(static_cast<std::size_t>(shocks[i].kind) == i);
    CHECK(shocks[i].effective == shocks[i].announced);
  }
  CHECK(shocks[1].side == ShockSide::buyer);
  CHECK(shocks[3].ramp_days == 180.0);
  CHECK(shocks[6].currency->code() == "CNY");
  CHECK(shocks[11].size == 0.25);
  CHECK(shocks[11].notice_days == 72.0);
}

TEST_CASE("all that is wrong with shocks is said at once and where it stands") {
  const auto lines = faults_of(R"([
    {"name": "rule", "kind": "export-rule", "announced": "2023-10-17", "effective": "2023-10-01",
     "chance": 1.5, "rule": [[{"attribute": "total_procesing_performance", "at_least": 4800}]]},
    {"name": "outage", "kind": "foundry-outage", "announced": "2024-04-03", "end": "2024-04-01", "size": 2},
    {"name": "early", "kind": "tariff", "announced": "2024-04-03", "effective": "2024-05-03", "size": 0.25,
     "brought_forward": {"to": "2024-06-01", "chance": -1}, "withdrawn": {"known": "2024-05-04", "chance": 0.5}},
    {"name": "odd", "kind": "price-wars", "announced": "2024-04-03T10:00"},
    {"name": "bare", "kind": "export-rule", "announced": "2024-04-03"},
    {"name": "outage", "kind": "rumour", "announced": "2024-01-01", "about": "earlyy", "believed": 0.1,
     "notice": "1.5 d"}])");
  const std::vector<std::string> expected{
      "shocks.json: /0/chance: expected a number, from 0 to 1, found 1.5",
      "shocks.json: /0/effective: expected a day not before the \"announced\" 2023-10-17, found \"2023-10-01\"",
      "shocks.json: /0/rule/0/0/attribute: expected \"total_processing_performance\", \"performance_density\", "
      "\"interconnect_gb_per_s\" or \"memory_bandwidth_gb_per_s\", found \"total_procesing_performance\" (did you "
      "mean \"total_processing_performance\"?)",
      "shocks.json: /1/size: expected a number, from 0 to 1, found 2",
      "shocks.json: /1/end: expected a day after the \"effective\" 2024-04-03, found \"2024-04-01\"",
      "shocks.json: /2/brought_forward/chance: expected a number, from 0 to 1, found -1",
      "shocks.json: /2/brought_forward/to: expected a day before the \"effective\" 2024-05-03, found \"2024-06-01\"",
      "shocks.json: /2/withdrawn/known: expected a day not after the \"effective\" 2024-05-03, found \"2024-05-04\"",
      "shocks.json: /3/announced: expected a day without a time, such as \"2023-10-17\", found "
      "\"2024-04-03T10:00:00\"",
      "shocks.json: /4: expected \"products\" or a \"rule\" that says which goods are met, found neither",
      "shocks.json: /5/notice: expected a whole number of days, such as \"30 d\", found 1.5 d",
      "shocks.json: /: expected shocks of different names, found \"outage\" twice",
      "shocks.json: /: expected a shock that the rumour \"outage\" may be about, found \"earlyy\" (did you mean "
      "\"early\"?)"};
  for (const std::string& line : expected) {
    CAPTURE(line);
    CHECK(std::ranges::count(lines, line) == 1);
  }
  CHECK(lines.size() == expected.size() + 1);  // the kind that there is not
  CHECK(std::ranges::any_of(lines, [](const std::string& line) {
    return line.starts_with("shocks.json: /3/kind: ") && line.find("did you mean \"price-war\"?") != std::string::npos;
  }));
}

TEST_CASE("a shock that is brought forward says either a day or a time") {
  const std::string head =
      R"([{"name": "a", "kind": "tariff", "announced": "2024-01-01", "effective": "2024-02-01", "size": 0.1,
           "brought_forward": {"chance": 1)";
  CHECK(faults_of(head + R"(, "to": "2024-01-10"}}])").empty());
  CHECK(faults_of(head + R"(, "after": "9 d"}}])").empty());
  CHECK(faults_of(head + "}}]") ==
        std::vector<std::string>{"shocks.json: /0/brought_forward: expected \"to\" or \"after\", found neither"});
  CHECK(faults_of(head + R"(, "to": "2024-01-10", "after": "9 d"}}])") ==
        std::vector<std::string>{"shocks.json: /0/brought_forward: expected \"to\" or \"after\", found both"});
  CHECK(faults_of(head + R"(, "after": "31 d"}}])") ==
        std::vector<std::string>{"shocks.json: /0/brought_forward/after: expected a day before the \"effective\" "
                                 "2024-02-01, found \"2024-02-01\""});
  CHECK(faults_of(head + R"(, "to": "2024-01-10", "known": "2024-01-11"}}])") ==
        std::vector<std::string>{"shocks.json: /0/brought_forward/known: expected a day not after the \"to\" "
                                 "2024-01-10, found \"2024-01-11\""});
}

TEST_CASE("names of shocks are held against a market all at once") {
  const auto shocks = read_shocks(R"([
    {"name": "a", "kind": "export-rule", "announced": "2023-10-17", "regions": ["CN", "CM"], "products": ["A80"],
     "waivers": [{"from": "2023-11-01", "until": "2023-12-01", "products": ["A101"]}]},
    {"name": "b", "kind": "export-rule", "announced": "2023-10-17", "from": ["UK"],
     "rule": [[{"attribute": "performance_density", "at_least": 5.92}]]}])");
  models::Accelerator unknown = catalogue().accelerators.at("a100-80gb-sxm4").value;
  unknown.die_mm2.reset();
  const ShockSurroundings market{.regions = {"CN", "US"},
                                 .products = {{.name = "A800", .accelerator = &unknown}, {.name = "A100"}}};
  std::vector<std::string> lines;
  check_shocks(shocks, market,
               [&](const std::string& place, std::string expected, std::string found, std::string hint) {
                 lines.push_back(place + " " + expected + " " + found + " " + hint);
               });
  REQUIRE(lines.size() == 5);
  CHECK(lines[0].starts_with("/0/regions/1 a region of the market \"CM\""));
  CHECK(lines[1].starts_with("/0/products/0 a product of the market \"A80\" did you mean \"A800\""));
  CHECK(lines[2].starts_with("/0 waivers and licences for products of the market \"A101\""));
  CHECK(lines[3].starts_with("/1/from/0 a region of the market \"UK\""));
  CHECK(lines[4].starts_with("/1/rule attributes that the catalogue knows of the product \"A800\""));
}

TEST_CASE("the schema of shocks knows every kind") {
  SchemaWriter writer;
  std::vector<ShockSpec> none;
  visit_shocks(writer, none);
  const std::string schema = writer.schema().dump();
  for (const std::string& name : shock_kind_names()) {
    CAPTURE(name);
    CHECK(schema.find('"' + name + '"') != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint::sim
