#include "cli/cases_command.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using tests::Outcome;

Outcome run(const std::string& arguments) {
  return tests::run_program("cases " + arguments);
}

}  // namespace

TEST_CASE("a case as a table shows words and figures on lines of their own") {
  const Outcome outcome = run("chatgpt-fleet");
  REQUIRE(outcome.exit == 0);
  for (const char* cell : {"about 800 million USD", "746,250,000.00", "about 47,400 USD a day", "47,399"}) {
    CAPTURE(cell);
    CHECK(outcome.text.find(cell) != std::string::npos);
  }
  CHECK(outcome.text.find("yangquan") == std::string::npos);
}

TEST_CASE("cases as JSON have printed and computed values and their ratio") {
  const Outcome outcome = run("--format json");
  REQUIRE(outcome.exit == 0);
  const auto json = nlohmann::json::parse(outcome.text);
  CHECK(json["cases"].size() >= 4);
  for (const auto& study : json["cases"]) {
    if (study["id"] != "yangquan-bill") continue;
    const auto& figure = study["scenarios"][0]["figures"][2];
    CHECK(figure["figure"] == "electricity_cost");
    CHECK(figure["unit"] == "CNY");
    CHECK(figure["printed_value"] == 250e6);
    CHECK(figure["computed"] == 252'288'000.0);
    CHECK(figure["ratio"].get<double>() == doctest::Approx(1.009152).epsilon(1e-12));
  }
}

TEST_CASE("a name that is no case exits with 2 and one line") {
  for (const char* arguments : {"yangqan-bill", "\"\"", "yangquan-bill tpu-dojo", "--format csv", "cases/tpu-dojo"}) {
    CAPTURE(arguments);
    const Outcome outcome = run(arguments);
    CHECK(outcome.exit == 2);
    CHECK(outcome.text.starts_with("error: "));
    CHECK(std::ranges::count(outcome.text, '\n') == 1);
  }
}

}  // namespace chokepoint::cli
