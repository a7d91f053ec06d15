#include "analysis/facts/judge_facts.hpp"

#include <numeric>

#include "analysis/facts/market_series.hpp"
#include "analysis/facts/observe_fact.hpp"
#include "models/contract/expects.hpp"
#include "sim/input/fault.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double below_low = 0.9;
constexpr double above_high = 1.1;
constexpr double widest_price = 1.5;
constexpr double widest_lead_time = 4.0;

/// The values of a fact over runs, on the scale on which it is judged.
struct JudgedSample {
  std::vector<double> values;
  std::vector<double> weights;
};

models::QuantileBand band_of(const JudgedSample& sample, bool weighted) {
  if (!weighted) return models::quantile_band(sample.values);
  return models::quantile_band(models::SortedSample(sample.values, sample.weights));
}

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

std::vector<FactJudgement> judge_facts(std::span<const MarketFact> facts, std::span<const sim::Record> observed,
                                       std::span<const double> weights) {
  models::expects(!observed.empty() && (weights.empty() || weights.size() == observed.size()),
                  "facts are held against runs, each of some weight");
  std::vector<FactJudgement> judgements;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    FactJudgement judgement{.fact = facts[i]};
    JudgedSample sample;
    double all = 0.0;
    for (std::size_t run = 0; run < observed.size(); ++run) {
      const double weight = weights.empty() ? 1.0 : weights[run];
      all += weight;
      if (const auto* value = std::get_if<double>(&observed[run].figures.at(i).value)) {
        sample.values.push_back(*value);
        sample.weights.push_back(weight);
      } else if (judgement.missing.empty()) {
        judgement.missing = std::get<std::string>(observed[run].figures[i].value);
      }
    }
    judgement.runs = sample.values.size();
    const double shown = std::reduce(sample.weights.begin(), sample.weights.end());
    if (shown > 0.0 && 2.0 * shown >= all) {
      const models::QuantileBand judged = band_of(sample, !weights.empty());
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
