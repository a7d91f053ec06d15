#include <cmath>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

/// Changes are judged on the factor of the later value over the earlier one.
double factor(const nlohmann::json& fact, const char* key) {
  const double value = fact[key].get<double>();
  return fact["statistic"] == "percent_change" ? 1.0 + value / 100.0 : value;
}

}  // namespace

// Draws that no set was fitted on, and by which neither the fit nor its ranges were chosen. The lead time of October
// 2023 takes many of them: it is long in a few.
TEST_CASE("the sets of the market in China meet the facts that they were fitted to on other draws" *
          doctest::test_suite("slow")) {
  const auto outcome =
      tests::run_program("facts '" CHOKEPOINT_SOURCE_DIR
                         "/scenarios/market/china-ensemble.json' --replicates 24 --seed 101 --format json");
  REQUIRE(outcome.exit == 0);
  int targets = 0, met = 0, units = 0, units_met = 0;
  for (const auto& fact : nlohmann::json::parse(outcome.text.substr(outcome.text.find('[')))) {
    CAPTURE(fact["id"]);
    if (fact["kind"] == "list" && fact["statistic"] == "percent_change")
      CHECK(std::abs(fact["median"].get<double>()) <= 20.0);
    if (!fact["target"].get<bool>()) continue;
    if (fact["unit"] == "GPUs") {
      ++units;
      units_met += fact["low"] <= fact["median"] && fact["median"] <= fact["high"] ? 1 : 0;
      continue;
    }
    ++targets;
    met += fact["met"].get<bool>() ? 1 : 0;
    CHECK(factor(fact, "median") >= 0.75 * factor(fact, "low"));
    CHECK(factor(fact, "median") <= 1.25 * factor(fact, "high"));
  }
  CHECK(targets == 12);
  CHECK(met >= 10);
  CHECK(units == 10);
  CHECK(units_met >= 8);
}

}  // namespace chokepoint::cli
