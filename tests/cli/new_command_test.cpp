#include "cli/new_command.hpp"

#include <filesystem>
#include <unistd.h>

#include <doctest/doctest.h>

#include "cli/scenario_words.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "support/figures.hpp"

namespace chokepoint::cli {
namespace {

std::string new_file(const std::string& name, std::vector<std::string> options = {}) {
  const auto path = std::filesystem::temp_directory_path() / (name + std::to_string(getpid()) + ".json");
  std::filesystem::remove(path);
  options.insert(options.end(), {name, "--out", path.string()});
  REQUIRE(run_new(options) == Exit::ok);
  return path.string();
}

bool says(const std::string& text, const char* words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a new scenario runs as it is and is described in words") {
  const std::string path = new_file("starter");
  const sim::Scenario scenario = sim::load_scenario(path);
  CHECK(scenario.name == "starter");
  const std::string words = scenario_words(scenario);
  CAPTURE(words);
  CHECK(says(words, "From 2026-01-05 to 2026-01-12 (Asia/Shanghai time), 7 days; money in CNY"));
  CHECK(says(words, "4 servers dgx-a100-80gb, 32 GPUs"));
  CHECK(says(words, "It may draw at most 40 kW"));
  CHECK(says(words, "published"));
  // Mean of 0.6 x 1 + 0.25 x 4 + 0.15 x 8 = 2.8 GPUs for exp(1/2) h every 20 min: 13.85 GPUs.
  CHECK(says(words, "13.85 GPUs busy on average if none had to wait, 43 % of the fleet"));
  CHECK(tests::figures_of(scenario, {"jobs_finished"})[0] > 0.0);
  std::filesystem::remove(path);
}

TEST_CASE("a new market runs as it is and its shock makes cards dearer") {
  const std::string path = new_file("trade", {"--market"});
  const std::string words = scenario_words(sim::load_scenario(path));
  CAPTURE(words);
  CHECK(says(words, "101 buyers"));
  CHECK(says(words, "0: \"earthquake\", foundry-outage: announced 2027-01-15"));
  const auto price = [&](const std::vector<std::string>& settings) {
    return tests::figures_of(sim::load_scenario(path, settings), {"cn_h20_card_spot_last_cny"}, 1)[0];
  };
  CHECK(price({}) > price({"/market/shocks/0/chance=0"}));
  std::filesystem::remove(path);
}

TEST_CASE("a new scenario never takes the place of a file") {
  const std::string path = new_file("kept");
  CHECK_THROWS_AS(run_new(std::vector<std::string>{"kept", "--out", path}), sim::InputError);
  std::filesystem::remove(path);
}

}  // namespace chokepoint::cli
