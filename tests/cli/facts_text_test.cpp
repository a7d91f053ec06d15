#include "cli/facts_text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using analysis::FactJudgement;
using analysis::FactKind;
using analysis::FactStatistic;

FactJudgement price(double median) {
  return {.fact = {.id = "a800-street",
                   .target = true,
                   .product = "A800 card",
                   .kind = FactKind::spot,
                   .region = "CN",
                   .unit = "card",
                   .low = 100000.0,
                   .high = 100000.0,
                   .currency = models::find_currency("CNY")},
          .runs = 20,
          .band = models::QuantileBand{.p5 = 0.9 * median, .median = median, .p95 = 1.1 * median},
          .met = true};
}

TEST_CASE("the mark stands between its brackets where a fact is met") {
  CHECK(fact_mark(price(99498.743711)) == "      [   o   ]      ");
  CHECK(fact_mark(price(90000.0)) == "      o       ]      ");
  CHECK(fact_mark(price(110000.0)) == "      [       o      ");
  CHECK(fact_mark(price(50000.0)) == "<     [       ]      ");
  CHECK(fact_mark(price(200000.0)) == "      [       ]     >");
  FactJudgement none = price(1.0);
  none.band.reset();
  CHECK(fact_mark(none) == "      [       ]      ");
}

TEST_CASE("facts as JSON are a list with null for what a run does not show") {
  FactJudgement none = price(1.0);
  none.band.reset();
  none.met = false;
  none.missing = "no value in the period";
  const auto json = nlohmann::json::parse(facts_json(std::vector{price(100000.0), none}));
  REQUIRE(json.size() == 2);
  CHECK(json[0]["id"] == "a800-street");
  CHECK(json[0]["target"] == true);
  CHECK(json[0]["low"] == 100000.0);
  CHECK(json[0]["high"] == 100000.0);
  CHECK(json[0]["p5"] == 90000.0);
  CHECK(json[0]["median"] == 100000.0);
  CHECK(json[0]["p95"].get<double>() == doctest::Approx(110000.0));
  CHECK(json[0]["met"] == true);
  CHECK(json[0]["missing"].is_null());
  for (const char* key : {"p5", "median", "p95", "met"}) CHECK(json[1][key].is_null());
  CHECK(json[1]["missing"] == "no value in the period");
}

TEST_CASE("the table counts facts and targets and says why some show nothing") {
  FactJudgement none = price(1.0);
  none.fact.id = "b";
  none.fact.target = false;
  none.band.reset();
  none.met = false;
  none.missing = "no value in the period";
  const std::string text = facts_table(std::vector{price(100000.0), none}, 80);
  CHECK(text.find("a800-street *") != std::string::npos);
  CHECK(text.find("1 of 2 facts of prices and lead times are met, 1 of 1 targets (*).\n") != std::string::npos);
  CHECK(text.find("Not shown, since no value in the period: b\n") != std::string::npos);
}

TEST_CASE("the table says what keeps a fact from being met and has the mark where there is room") {
  const auto not_met = [](double median) {
    FactJudgement fact = price(median);
    fact.met = false;
    return fact;
  };
  const std::vector facts{price(99498.743711), not_met(80000.0), not_met(120000.0), not_met(100000.0)};
  CHECK(facts_table(facts, 80) ==
        "fact           reported  unit   median  90 % of runs  met\n"
        "----------------------------------------------------------\n"
        "a800-street *       100  k CNY    99.5   89.5 to 109  yes\n"
        "a800-street *       100  k CNY      80      72 to 88  low\n"
        "a800-street *       100  k CNY     120    108 to 132  high\n"
        "a800-street *       100  k CNY     100     90 to 110  wide\n"
        "\n"
        "1 of 4 facts of prices and lead times are met, 1 of 4 targets (*).\n");
  CHECK(facts_table(facts, 90).find("  yes         [   o   ]\n") != std::string::npos);
}

TEST_CASE("units have no currency and are counted apart from prices") {
  FactJudgement units = price(30000.0);
  units.fact.id = "china-a800";
  units.fact.kind = FactKind::deliveries;
  units.fact.unit = "GPUs";
  units.fact.statistic = FactStatistic::sum;
  units.fact.low = 20000.0;
  units.fact.high = 40000.0;
  units.fact.currency.reset();
  units.met = false;
  const std::string text = facts_table(std::vector{price(100000.0), units}, 80);
  CHECK(text.find("20 to 40  k GPUs") != std::string::npos);
  CHECK(text.find("\n1 of 1 facts of prices and lead times are met, 1 of 1 targets (*).\n"
                  "0 of 1 facts of units are met, 0 of 1 targets (*).\n") != std::string::npos);
  const auto json = nlohmann::json::parse(facts_json(std::vector{units}));
  CHECK(json[0]["kind"] == "deliveries");
  CHECK(json[0]["statistic"] == "sum");
  CHECK(json[0]["unit"] == "GPUs");
  CHECK(json[0]["currency"].is_null());
}

TEST_CASE("facts of a scenario without a market are refused before anything runs") {
  const auto outcome = tests::run_program("facts '" CHOKEPOINT_SOURCE_DIR "/scenarios/yangquan.json'");
  CHECK(outcome.exit == 2);
  CHECK(
      outcome.text.ends_with("expected a \"market\", whose prices facts can be held against, found a scenario "
                             "without one\n"));
}

}  // namespace
}  // namespace chokepoint::cli
