#include "analysis/facts/fact_dates.hpp"

#include <doctest/doctest.h>

#include "analysis/facts/market_rows.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

using tests::day;

TEST_CASE("the days of a run are those that it shows after its run-in") {
  sim::Scenario scenario{.start = models::Instant(day("2022-01-01").time_since_epoch())};
  CHECK_FALSE(run_days(scenario).has_value());
  scenario.end = models::Instant(day("2022-04-01").time_since_epoch());
  scenario.run_in_s = 31.0 * 86400.0;
  CHECK(run_days(scenario)->first == day("2022-02-01"));
  CHECK(run_days(scenario)->last == day("2022-03-31"));
  scenario.run_in_s += 1.0;
  *scenario.end += std::chrono::seconds(1);
  CHECK(run_days(scenario)->first == day("2022-02-02"));
  CHECK(run_days(scenario)->last == day("2022-04-01"));
}

TEST_CASE("facts outside a run are all named where none lies within it") {
  const RunDays run{.first = day("2022-01-01"), .last = day("2022-12-31")};
  std::vector<MarketFact> facts{
      {.id = "late", .from = day("2022-12-01"), .to = day("2023-01-01")},
      {.id = "early", .from = day("2021-12-31"), .to = day("2022-01-31")},
  };
  try {
    need_facts_within(run, facts, "f.csv");
    FAIL("no fault");
  } catch (const sim::InputError& error) {
    REQUIRE(error.faults().size() == 2);
    CHECK(error.faults()[0].text() ==
          "f.csv: late: expected a fact within the run, 2022-01-01 to 2022-12-31, found 2022-12-01 to 2023-01-01");
    CHECK(error.faults()[1].where == "early");
  }
  facts.push_back({.id = "inside", .from = day("2022-01-01"), .to = day("2022-12-31")});
  CHECK_NOTHROW(need_facts_within(run, facts, "f.csv"));
}

}  // namespace
}  // namespace chokepoint::analysis
