#include <cmath>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "support/places.hpp"

namespace chokepoint::cli {
namespace {

using tests::Outcome;

Outcome train(const std::string& arguments) {
  return tests::run_program("train " + arguments);
}

nlohmann::json train_json(const std::string& arguments) {
  const Outcome outcome = train(arguments + " --format json");
  REQUIRE(outcome.exit == 0);
  return nlohmann::json::parse(outcome.text);
}

}  // namespace

TEST_CASE("every key of a forecast as JSON is in the README of the command line") {
  std::ostringstream readme;
  readme << std::ifstream(CHOKEPOINT_SOURCE_DIR "/cli/README.md").rdbuf();
  for (const char* options : {"--plans 3", "--tariff hubei-2026-01-110kv --start 2026-01-10"}) {
    const auto runs = train_json(std::string("gpt3-13b --on dgx-a100-80gb --gpus 64 ") + options);
    REQUIRE(runs.size() == 1);
    for (const auto& [key, value] : runs[0].items()) {
      CAPTURE(key);
      CHECK(readme.str().find('`' + key + '`') != std::string::npos);
    }
  }
}

TEST_CASE("the fastest plans come in order and the first is the one that is forecast") {
  const auto run = train_json("gpt3-13b --on dgx-a100-80gb --gpus 64 --plans 5")[0];
  REQUIRE(run["plans"].size() == 5);
  CHECK(run["plans"][0]["plan"] == run["plan"]);
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(run["plans"][i]["step_time_s"].get<double>() >= run["plans"][i - 1]["step_time_s"].get<double>());
  CHECK(run["least_too_large_memory_gb"].get<double>() > 0.92 * run["memory_of_gpu_gb"].get<double>());
}

TEST_CASE("a run on a tariff costs what its bill says and energy is that of its phases") {
  const auto run =
      train_json("gpt3-13b --on dgx-a100-80gb --gpus 64 --tariff hubei-2026-01-110kv --start 2026-01-10")[0];
  CHECK(run["electricity_cost_cny"] == run["bill"]["total"]);
  double lines = 0.0, phases = 0.0;
  for (const auto& line : run["bill"]["lines"]) lines += line["amount"].get<double>();
  for (const auto& [phase, mwh] : run["energy_by_phase_mwh"].items()) phases += mwh.get<double>();
  CHECK(lines == doctest::Approx(run["bill"]["total"].get<double>()));
  CHECK(phases == doctest::Approx(run["energy_mwh"].get<double>()));
  CHECK_FALSE(run.contains("run_cost_usd"));
}

TEST_CASE("a table of six servers keeps within 80 columns") {
  const Outcome outcome =
      train("gpt3-175b --on dgx-a100-80gb,hgx-a800-80gb,dgx-h100,dgx-h800,hgx-h20,atlas-800-910b --gpus 1024");
  REQUIRE(outcome.exit == 0);
  std::istringstream lines(outcome.text);
  // The second line says what was assumed, in words.
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    CAPTURE(line);
    if (number >= 2) CHECK(line.size() <= 80);
  }
  CHECK(number > 60);
}

TEST_CASE(
    "a simulated step stands beside the closed form, and sends take four times as long behind a quarter of cables") {
  const std::string order = "gpt3-13b --on dgx-a100-80gb --gpus 64 --plan 'tp4 pp2 dp8 mbs1' --simulate";
  const auto wide = train_json(order)[0],
             thin = train_json(order + " --fabric fat-tree --nodes-per-leaf 2 --oversubscription 4")[0];
  const double closed_form_s = wide["closed_form_s"]["pipeline"].get<double>();
  CHECK(closed_form_s > 0.0);
  CHECK(wide["simulated_s"]["pipeline"].get<double>() == doctest::Approx(closed_form_s).epsilon(1e-6));
  CHECK(thin["simulated_s"]["pipeline"].get<double>() == doctest::Approx(4.0 * closed_form_s).epsilon(1e-3));
  CHECK(thin["closed_form_s"] == wide["closed_form_s"]);
  CHECK(thin["simulated_s"]["data"].get<double>() > 2.0 * wide["simulated_s"]["data"].get<double>());
  CHECK(std::abs(wide["step_difference_percent"].get<double>()) < 0.1);
}

}  // namespace chokepoint::cli
