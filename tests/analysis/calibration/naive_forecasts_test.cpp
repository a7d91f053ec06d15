#include "analysis/calibration/naive_forecasts.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/facts/market_rows.hpp"

namespace chokepoint::analysis {
namespace {

using tests::day;

struct Reported {
  const char* id;
  /// The one day of its period, or its first.
  const char* from;
  double low;
  double high;
  FactKind kind = FactKind::spot;
  const char* product = "A100 card";
  const char* unit = "card";
  FactStatistic statistic = FactStatistic::mean;
  const char* to = nullptr;
  const char* currency = "CNY";
  const char* region = "CN";
};

MarketFact fact_of(const Reported& reported) {
  return {.id = reported.id,
          .product = reported.product,
          .kind = reported.kind,
          .region = reported.region,
          .unit = reported.unit,
          .statistic = reported.statistic,
          .from = day(reported.from),
          .to = day(reported.to != nullptr ? reported.to : reported.from),
          .low = reported.low,
          .high = reported.high,
          .currency = models::find_currency(reported.currency)};
}

std::vector<MarketFact> facts_of(const std::vector<Reported>& all) {
  std::vector<MarketFact> facts;
  for (const Reported& one : all) facts.push_back(fact_of(one));
  return facts;
}

double centre_of(const NaiveForecast& forecast) {
  return (forecast.band.low + forecast.band.high) / 2.0;
}

double spread_of(const NaiveForecast& forecast) {
  return (forecast.band.high - forecast.band.low) / 2.0 / 1.6448536269514722;
}

// Days 0, 10, 30 and 40 of a price that doubles, doubles and stays: 100, 200, 400, 400. The range of the second has the
// geometric mean 200.
const std::vector<Reported> steps{{.id = "a", .from = "2023-01-01", .low = 100, .high = 100},
                                  {.id = "b", .from = "2023-01-11", .low = 100, .high = 400},
                                  {.id = "c", .from = "2023-01-31", .low = 400, .high = 400},
                                  {.id = "d", .from = "2023-02-10", .low = 400, .high = 400}};

}  // namespace

TEST_CASE("the last value is the newest earlier fact with the spread of the others") {
  const auto facts = facts_of(steps);
  CHECK(naive_forecasts(facts[0], facts).empty());
  // It missed c by ln 2 and d by nothing.
  const auto b = naive_forecasts(facts[1], facts);
  REQUIRE(b.size() == 1);
  CHECK(b[0].name == "last value");
  CHECK(centre_of(b[0]) == doctest::Approx(std::log(100.0)));
  CHECK(spread_of(b[0]) == doctest::Approx(std::log(2.0) / std::sqrt(2.0)));
  // And b and c by ln 2 each.
  const auto d = naive_forecasts(facts[3], facts);
  REQUIRE(d.size() == 2);
  CHECK(centre_of(d[0]) == doctest::Approx(std::log(400.0)));
  CHECK(spread_of(d[0]) == doctest::Approx(std::log(2.0)));
}

TEST_CASE("the trend is the line through the two newest facts of different dates") {
  auto facts = facts_of(steps);
  // Of d: from 200 on day 10 to 400 on day 30, half a doubling more by day 40. Of c: doubled in 10 days, so 800 on day
  // 30, which is ln 2 too much.
  const auto d = naive_forecasts(facts[3], facts);
  REQUIRE(d.size() == 2);
  CHECK(d[1].name == "trend");
  CHECK(centre_of(d[1]) == doctest::Approx(std::log(400.0) + 0.5 * std::log(2.0)));
  CHECK(spread_of(d[1]) == doctest::Approx(std::log(2.0)));
  const auto c = naive_forecasts(facts[2], facts);
  CHECK(centre_of(c[1]) == doctest::Approx(std::log(800.0)));
  CHECK(spread_of(c[1]) == doctest::Approx(0.5 * std::log(2.0)));
  // A second fact of the newest day gives no line with it: of two the last id counts, and the line goes back to b.
  facts.push_back(fact_of({.id = "e", .from = "2023-01-31", .low = 800, .high = 800}));
  const auto again = naive_forecasts(facts[3], facts);
  CHECK(centre_of(again[0]) == doctest::Approx(std::log(800.0)));
  CHECK(centre_of(again[1]) == doctest::Approx(std::log(1600.0)));
}

TEST_CASE("street and shop and contract prices of cards and servers compare by the GPU") {
  auto facts = facts_of(steps);
  facts[0].kind = FactKind::contract;
  facts[1].kind = FactKind::retail_asked;
  facts[3] = fact_of(
      {.id = "d", .from = "2023-02-10", .low = 3200, .high = 3200, .product = "8-GPU A100 server", .unit = "server"});
  const auto d = naive_forecasts(facts[3], facts);
  REQUIRE(d.size() == 2);
  CHECK(centre_of(d[0]) == doctest::Approx(std::log(3200.0)));
  CHECK(spread_of(d[0]) == doctest::Approx(std::log(2.0)));
}

TEST_CASE("another chip or region or currency or kind of thing foretells nothing and neither does a change") {
  const auto alone = [](const Reported& other) {
    auto facts = facts_of(steps);
    facts.push_back(fact_of(other));
    return naive_forecasts(facts.back(), facts).empty();
  };
  CHECK_FALSE(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1}));
  CHECK(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1, .product = "A800 card"}));
  CHECK(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1, .product = "A100 or A800 card"}));
  CHECK(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1, .region = "US"}));
  CHECK(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1, .currency = "USD"}));
  for (const FactKind kind : {FactKind::list, FactKind::grey, FactKind::rent, FactKind::lead_time})
    CHECK(alone({.id = "x", .from = "2023-03-01", .low = 1, .high = 1, .kind = kind}));

  auto changes = facts_of(steps);
  for (MarketFact& change : changes) change.statistic = FactStatistic::ratio;
  CHECK(naive_forecasts(changes[3], changes).empty());
  // What has not ended before is not known.
  auto facts = facts_of(steps);
  facts[0].to = facts[1].from;
  CHECK(naive_forecasts(facts[1], facts).empty());
}

TEST_CASE("a change is foretold as none or as what the trend rises in its time") {
  auto facts = facts_of(steps);
  facts.push_back(fact_of({.id = "x",
                           .from = "2023-02-01",
                           .low = 10,
                           .high = 10,
                           .statistic = FactStatistic::percent_change,
                           .to = "2023-02-21"}));
  const auto x = naive_forecasts(facts.back(), facts);
  REQUIRE(x.size() == 2);
  CHECK(centre_of(x[0]) == doctest::Approx(0.0));
  // A doubling in 20 days.
  CHECK(centre_of(x[1]) == doctest::Approx(std::log(2.0)));
}

TEST_CASE("deliveries compare by the day") {
  std::vector<MarketFact> facts;
  const auto add = [&](const char* id, const char* from, const char* to, double units) {
    facts.push_back(fact_of({.id = id,
                             .from = from,
                             .low = units,
                             .high = units,
                             .kind = FactKind::deliveries,
                             .unit = "GPUs",
                             .statistic = FactStatistic::sum,
                             .to = to,
                             .currency = ""}));
  };
  add("january", "2023-01-01", "2023-01-31", 310.0);
  add("february", "2023-02-01", "2023-02-28", 560.0);
  add("march", "2023-03-01", "2023-03-31", 310.0);
  const auto march = naive_forecasts(facts[2], facts);
  REQUIRE(march.size() == 1);
  CHECK(centre_of(march[0]) == doctest::Approx(std::log(20.0 * 31.0)));
  CHECK(spread_of(march[0]) == doctest::Approx(std::log(2.0)));
}

}  // namespace chokepoint::analysis
