#include "analysis/facts/judge_facts.hpp"

#include <doctest/doctest.h>

#include "analysis/facts/market_rows.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

using tests::day;

MarketFact fact_of(FactStatistic statistic, double low, double high) {
  return {.id = "one",
          .product = "A100",
          .kind = FactKind::spot,
          .region = "CN",
          .unit = "card",
          .statistic = statistic,
          .from = day("2023-03-01"),
          .to = day("2023-03-01"),
          .low = low,
          .high = high,
          .currency = models::find_currency("CNY")};
}

/// Records of observed_record that show these values on the judged scale; NaN shows nothing.
WeightedRuns runs_of(const std::vector<double>& values) {
  std::vector<sim::Record> records;
  for (const double value : values) {
    sim::Record& record = records.emplace_back();
    record.figures.push_back({.key = "one", .label = {}, .unit = {}, .value = value});
    if (value != value) record.figures[0].value = std::string("no value in the period");
  }
  return weighted_alike(std::move(records));
}

FactJudgement judged(const MarketFact& fact, const std::vector<double>& values) {
  return judge_facts({&fact, 1}, runs_of(values)).front();
}

TEST_CASE("a price is met where the median lies within a tenth of its range") {
  const MarketFact fact = fact_of(FactStatistic::mean, 100.0, 200.0);
  for (const auto& [value, met] : {std::pair{89.9, false}, {90.1, true}, {150.0, true}, {219.9, true}, {220.1, false}})
    CHECK(judged(fact, {value, value, value}).met == met);
  const FactJudgement one = judged(fact, {100.0, 110.0, 120.0});
  CHECK(one.runs == 3);
  CHECK(one.band->median == 110.0);
  CHECK(one.band->p5 == doctest::Approx(101.0));
  CHECK(one.band->p95 == doctest::Approx(119.0));
}

TEST_CASE("a band that is too wide meets nothing and lead times may be wider") {
  MarketFact fact = fact_of(FactStatistic::mean, 1.0, 10.0);
  CHECK(judged(fact, {4.0, 5.0, 5.9}).met);
  CHECK_FALSE(judged(fact, {3.0, 5.0, 7.0}).met);
  fact.kind = FactKind::lead_time;
  CHECK(judged(fact, {3.0, 5.0, 7.0}).met);
  CHECK_FALSE(judged(fact, {1.0, 5.0, 9.0}).met);
}

TEST_CASE("units are met where the median lies in their range however wide the runs are") {
  MarketFact fact = fact_of(FactStatistic::sum, 100.0, 200.0);
  fact.kind = FactKind::deliveries;
  CHECK(accepted_bounds(fact).low == 100.0);
  CHECK(accepted_bounds(fact).high == 200.0);
  for (const auto& [value, met] : {std::pair{99.9, false}, {100.0, true}, {200.0, true}, {200.1, false}})
    CHECK(judged(fact, {value, value, value}).met == met);
  CHECK(judged(fact, {0.0, 150.0, 900.0}).met);
}

TEST_CASE("changes are judged by their factors and told in the unit of the fact") {
  const MarketFact rise = fact_of(FactStatistic::percent_change, 25.0, 50.0);
  CHECK(accepted_bounds(rise).low == doctest::Approx(12.5));
  CHECK(accepted_bounds(rise).high == doctest::Approx(65.0));
  CHECK(judged(rise, {1.126}).met);
  CHECK_FALSE(judged(rise, {1.124}).met);
  CHECK(judged(rise, {1.649}).met);
  CHECK_FALSE(judged(rise, {1.651}).met);
  CHECK(judged(rise, {1.375}).band->median == doctest::Approx(37.5));
  // A fall by half, to twice: the width is that of factors, which percentages of changing sign could not have.
  CHECK_FALSE(judged(fact_of(FactStatistic::percent_change, -50.0, 100.0), {0.8, 1.0, 1.4}).met);
  CHECK(judged(fact_of(FactStatistic::percent_change, -50.0, 100.0), {0.9, 1.0, 1.1}).met);
  const MarketFact ratio = fact_of(FactStatistic::ratio, 1.6, 2.2);
  CHECK(judged(ratio, {1.45}).met);
  CHECK_FALSE(judged(ratio, {1.43}).met);
}

TEST_CASE("a fact that most runs do not show is null with its reason") {
  const MarketFact fact = fact_of(FactStatistic::mean, 1.0, 2.0);
  const FactJudgement most = judged(fact, {sim::no_value, sim::no_value, 1.0});
  CHECK_FALSE(most.band.has_value());
  CHECK_FALSE(most.met);
  CHECK(most.missing == "no value in the period");
  const FactJudgement half = judged(fact, {sim::no_value, 1.0});
  CHECK(half.band->median == 1.0);
  CHECK(half.runs == 1);
  CHECK(half.missing.empty());
}

TEST_CASE("runs of an ensemble count by the weights of their sets") {
  const MarketFact fact = fact_of(FactStatistic::mean, 1.0, 2.0);
  std::vector<double> values(100, 1.0);
  for (std::size_t i = 0; i < 50; ++i) values[i] = 2.0;
  WeightedRuns runs = runs_of(values);
  for (std::size_t i = 50; i < 100; ++i) runs.weights[i] = 0.001;
  CHECK(judge_facts({&fact, 1}, runs)[0].band->median == doctest::Approx(2.0));
  CHECK(judged(fact, values).band->median == doctest::Approx(1.5));
}

TEST_CASE("a run shows its facts in the order of the file or says that it has no market") {
  tests::MarketRows rows;
  rows.add(day("2023-03-01"), {.values = {{"spot", 123.0}}});
  std::vector<MarketFact> facts{fact_of(FactStatistic::mean, 1.0, 2.0), fact_of(FactStatistic::mean, 1.0, 2.0)};
  facts[1].id = "two";
  facts[1].product = "H100";
  sim::Record run{.scenario = "s"};
  CHECK_THROWS_AS(observed_record(run, facts, {}), sim::InputError);
  run.tables.push_back(rows.table());
  const sim::Record observed = observed_record(run, facts, {});
  CHECK(observed.tables.empty());
  REQUIRE(observed.figures.size() == 2);
  CHECK(std::get<double>(observed.figures[0].value) == 123.0);
  CHECK(std::holds_alternative<std::string>(observed.figures[1].value));
}

}  // namespace
}  // namespace chokepoint::analysis
