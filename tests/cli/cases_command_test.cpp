#include "cli/cases_command.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sys/wait.h>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace chokepoint::cli {
namespace {

struct Outcome {
  int exit = -1;
  std::string text;
};

/// Runs the program itself in a shell, so that what it prints and how it exits are seen as a user sees them.
Outcome run(const std::string& arguments) {
  Outcome outcome;
  FILE* const pipe = popen(("\"" CHOKEPOINT_PROGRAM "\" cases " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> block{};
  for (std::size_t count = 0; (count = fread(block.data(), 1, block.size(), pipe)) > 0;)
    outcome.text.append(block.data(), count);
  outcome.exit = WEXITSTATUS(pclose(pipe));
  return outcome;
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
