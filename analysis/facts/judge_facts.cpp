#include "analysis/facts/judge_facts.hpp"

#include "analysis/facts/market_series.hpp"
#include "analysis/facts/observe_fact.hpp"
#include "analysis/statistics/weighted_sample.hpp"
#include "models/contract/expects.hpp"
#include "sim/input/fault.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double below_low = 0.9;
constexpr double above_high = 1.1;
constexpr double widest_price = 1.5;
constexpr double widest_lead_time = 4.0;

/// On the scale on which the fact is judged.
FactBounds judged_bounds(const MarketFact& fact) {
  const double low = fact.to_judged(fact.low), high = fact.to_judged(fact.high);
  if (fact.kind == FactKind::deliveries) return {.low = low, .high = high};
  return {.low = below_low * low, .high = above_high * high};
}

bool is_narrow(const MarketFact& fact, const models::QuantileBand& judged) {
  if (fact.kind == FactKind::deliveries) return true;
  return judged.p95 <= (fact.kind == FactKind::lead_time ? widest_lead_time : widest_price) * judged.p5;
}

bool is_met(const MarketFact& fact, const models::QuantileBand& judged) {
  const auto [low, high] = judged_bounds(fact);
  return judged.median >= low && judged.median <= high && is_narrow(fact, judged);
}

}  // namespace

FactBounds accepted_bounds(const MarketFact& fact) {
  const auto [low, high] = judged_bounds(fact);
  return {.low = fact.from_judged(low), .high = fact.from_judged(high)};
}

sim::Record observed_record(const sim::Record& run, std::span<const MarketFact> facts,
                            const models::ExchangeRates& money) {
  const sim::Table* table = run.find_table(sim::market_table);
  if (table == nullptr || table->rows() == 0)
    throw sim::InputError({.file = run.scenario,
                           .where = {},
                           .expected = "a scenario with a market, which facts can be held against",
                           .found = "none"});
  const MarketSeries market(*table);
  sim::Record observed{.scenario = run.scenario,
                       .title = run.title,
                       .seed = run.seed,
                       .version = run.version,
                       .catalogue_digest = run.catalogue_digest,
                       .figures = {},
                       .tables = {}};
  for (const MarketFact& fact : facts) {
    Observation one = observe(fact, market, money);
    sim::Figure figure{.key = fact.id, .label = fact.product, .unit = fact.unit, .value = std::move(one.missing)};
    if (one.judged) figure.value = *one.judged;
    observed.figures.push_back(std::move(figure));
  }
  return observed;
}

std::vector<FactJudgement> judge_facts(std::span<const MarketFact> facts, const WeightedRuns& observed) {
  models::expects(!observed.records.empty(), "facts are held against runs");
  std::vector<FactJudgement> judgements;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    FactJudgement judgement{.fact = facts[i]};
    // On the scale on which the fact is judged.
    WeightedSample sample;
    double all = 0.0;
    for (std::size_t run = 0; run < observed.records.size(); ++run) {
      const double weight = observed.weights[run];
      all += weight;
      const auto& seen = observed.records[run].figures.at(i).value;
      if (const auto* value = std::get_if<double>(&seen)) {
        sample.add(*value, weight);
      } else if (judgement.missing.empty()) {
        judgement.missing = std::get<std::string>(seen);
      }
    }
    judgement.runs = sample.size();
    if (const double shown = sample.weight(); shown > 0.0 && 2.0 * shown >= all) {
      const models::QuantileBand judged = sample.band();
      judgement.met = is_met(facts[i], judged);
      judgement.band = {.p5 = facts[i].from_judged(judged.p5),
                        .median = facts[i].from_judged(judged.median),
                        .p95 = facts[i].from_judged(judged.p95)};
      judgement.missing.clear();
    }
    judgements.push_back(std::move(judgement));
  }
  return judgements;
}

}  // namespace chokepoint::analysis
