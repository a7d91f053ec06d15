#include "cli/compare_command.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/compared_courses.hpp"
#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using tests::Outcome;
using tests::ScratchFolder;
using tests::shell_word;

/// Two days of jobs by chance on a site with a flat price; more keys of the site begin with a comma.
std::string cluster(const std::string& currency, const std::string& price, const std::string& keys = "") {
  const std::string rates = currency == "USD" ? "" : R"(, "exchange_rates": {"USD": "7.1 )" + currency + R"("})";
  return R"({"name": "c", "start": "2023-01-02", "duration": "2 d", "currency": ")" + currency + '"' + rates +
         R"(, "sites": [{"name": "s", "tariff": {"kind": "flat", "price": ")" + price + R"("})" + keys +
         R"(}], "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "server_price": "1 )" + currency +
         R"(", "workload": {"kind": "synthetic",
         "mean_interval": "5 min", "median_duration": "1 h"}}]})";
}

nlohmann::json json_of(const std::string& arguments) {
  const Outcome outcome = tests::run_program("compare " + arguments + " --format json");
  REQUIRE(outcome.exit == 0);
  return nlohmann::json::parse(outcome.text);
}

nlohmann::json row(const nlohmann::json& rows, const std::string& figure) {
  for (const auto& one : rows)
    if (one["figure"] == figure) return one;
  FAIL("no row of ", figure);
  return {};
}

}  // namespace

TEST_CASE("comparison with the order of files swapped changes signs and not widths") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const std::string b = shell_word(scratch.write("b.json", cluster("CNY", "0.6 CNY/kWh", R"(, "pue": 1.3)")));
  const auto there = json_of(a + ' ' + b + " --replicates 5");
  const auto back = json_of(b + ' ' + a + " --replicates 5");
  REQUIRE(there.size() == back.size());
  int intervals = 0;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (!there[i]["difference"].is_number()) continue;
    CAPTURE(there[i]["figure"].get<std::string>());
    CHECK(there[i]["difference"].get<double>() == -back[i]["difference"].get<double>());
    CHECK(there[i]["low"].get<double>() == -back[i]["high"].get<double>());
    CHECK(there[i]["high"].get<double>() == -back[i]["low"].get<double>());
    intervals += there[i]["high"].get<double>() > there[i]["low"].get<double>();
  }
  CHECK(intervals > 2);
}

TEST_CASE("a comparison is the same for any number of workers and has no intervals of one run") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const std::string arguments =
      a + " --with /sites/0/pue=1.3 --with '/fleets/0/nodes=3 /fleets/0/scheduler=sjf' --explain";
  const auto text = [&](const std::string& more) {
    return tests::run_program("compare " + arguments + " --replicates 3" + more).text;
  };
  CHECK(text(" --workers 1") == text(" --workers 3"));
  CHECK(text(" --workers 1 --format json") == text(" --workers 2 --format json"));
  const auto once = json_of(arguments + " --replicates 1");
  CHECK(row(once, "energy_mwh")["difference"].get<double>() > 0.0);
  CHECK(row(once, "energy_mwh")["low"].is_null());
}

TEST_CASE("courses made by settings are those of files that say the same") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const std::string b = shell_word(scratch.write("b.json", cluster("CNY", "0.6 CNY/kWh", R"(, "pue": 1.3)")));
  auto files = json_of(a + ' ' + b + " --replicates 2");
  auto settings = json_of(a + " --with '/sites/0/tariff/price=0.6 CNY/kWh /sites/0/pue=1.3' --replicates 2");
  for (auto* rows : {&files, &settings})
    for (auto& one : *rows) one.erase("scenario");
  CHECK(files == settings);
  // A setting for all moves both sides.
  const auto moved = json_of(a + ' ' + b + " --set /fleets/0/nodes=8 --replicates 1");
  CHECK(row(moved, "gpus")["base"] == 64);
  CHECK(row(moved, "gpus")["other"] == 64);
}

TEST_CASE("settings of one course are parted where a pointer follows a blank") {
  using Texts = std::vector<std::string>;
  CHECK(split_settings("/a=1") == Texts{"/a=1"});
  CHECK(split_settings("/a=1 /b/c=x y /d=0.5 CNY/kWh") == Texts{"/a=1", "/b/c=x y", "/d=0.5 CNY/kWh"});
  CHECK(split_settings("/a=0.5 CNY /kWh") == Texts{"/a=0.5 CNY /kWh"});
}

TEST_CASE("the table says changes in words and folds what is the same") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const Outcome outcome =
      tests::run_program("compare " + a + " --with '/sites/0/tariff/price=0.6 CNY/kWh' --replicates 4");
  REQUIRE(outcome.exit == 0);
  // Exactly a fifth more in every replicate, and the energy is the same.
  CHECK(outcome.text.find("+20.0 %") != std::string::npos);
  const std::size_t same = outcome.text.find("\nThe same: ");
  REQUIRE(same != std::string::npos);
  CHECK(outcome.text.find("energy at the meter", same) != std::string::npos);
  CHECK(outcome.text.find("energy at the meter") > same);
}

TEST_CASE("money of two currencies is named and not subtracted") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const std::string b = shell_word(scratch.write("b.json", cluster("USD", "0.07 USD/kWh")));
  const Outcome outcome = tests::run_program("compare " + a + ' ' + b + " --replicates 2");
  REQUIRE(outcome.exit == 0);
  CHECK(outcome.text.find("CNY -> USD") != std::string::npos);
  CHECK(outcome.text.find("Without a common unit: electricity (CNY against USD)") != std::string::npos);
  const auto rows = json_of(a + ' ' + b + " --replicates 2 --figure electricity_cost");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["unit"] == "CNY");
  CHECK(rows[0]["other"].is_null());
  CHECK(rows[0]["difference"].is_null());
  CHECK(rows[1]["unit"] == "USD");
  CHECK(rows[1]["base"].is_null());
}

TEST_CASE("an explanation adds contributions that sum to the difference of their row") {
  const ScratchFolder scratch;
  const std::string a = shell_word(scratch.write("a.json", cluster("CNY", "0.5 CNY/kWh")));
  const auto rows = json_of(
      a + " --with '/sites/0/pue=1.3 /sites/0/tariff/price=0.6 CNY/kWh /fleets/0/nodes=5' --replicates 3 --explain");
  for (const auto& one : rows)
    if (one["figure"] != "electricity_cost" && one["figure"] != "energy_mwh" && one["figure"] != "capital_cost")
      CHECK_FALSE(one.contains("contributions"));
  const auto cost = row(rows, "electricity_cost");
  REQUIRE(cost["contributions"].size() == 3);
  double sum = 0.0;
  for (const auto& one : cost["contributions"]) sum += one["contribution"].get<double>();
  CHECK(sum == doctest::Approx(cost["difference"].get<double>()).epsilon(1e-11));
}

}  // namespace chokepoint::cli
