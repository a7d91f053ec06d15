#include "cli/paths_command.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

const std::string first_ban = CHOKEPOINT_SOURCE_DIR "/scenarios/market/first-ban.json";

}  // namespace

TEST_CASE("paths shows a series of a market with and without a rule on the same draws") {
  const auto outcome =
      tests::run_program("paths " + tests::shell_word(first_ban) +
                         " --product 'A100 card' --with /market/shocks/1/chance=0 --replicates 3 --format json");
  REQUIRE(outcome.exit == 0);
  const auto list = nlohmann::json::parse(outcome.text);
  const auto at = [&](const std::string& scenario, const std::string& month) {
    for (const auto& point : list)
      if (point["scenario"] == scenario && point["month"] == month) return point["median"].get<double>();
    return 0.0;
  };
  const std::string without = "/market/shocks/1/chance=0";
  CHECK(at(first_ban, "2023-09") == at(without, "2023-09"));
  CHECK(at(first_ban, "2024-01") > 1.5 * at(without, "2024-01"));
  CHECK(list.front()["unit"] == "CNY");
  CHECK(list.front()["runs"] == 3);
}

TEST_CASE("paths of a product that a market has not names those that it has") {
  const auto outcome =
      tests::run_program("paths " + tests::shell_word(first_ban) + " --product 'A100 crad' --replicates 1");
  CHECK(outcome.exit == 2);
  CHECK(outcome.text.find("did you mean \"A100 card\"?") != std::string::npos);
}

TEST_CASE("the first month of paths is a month") {
  const auto outcome =
      tests::run_program("paths " + tests::shell_word(first_ban) + " --product 'A100 card' --from October");
  CHECK(outcome.exit == 2);
  CHECK(outcome.text.find("--from: expected a month such as 2023-06, found \"October\"") != std::string::npos);
}

}  // namespace chokepoint::cli
