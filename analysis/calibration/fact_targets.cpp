#include "analysis/calibration/fact_targets.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/calibration/naive_forecasts.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/facts/fact_dates.hpp"
#include "analysis/facts/judge_facts.hpp"
#include "analysis/facts/observe_fact.hpp"

namespace chokepoint::analysis {
namespace {

std::string figure_of(const MarketFact& fact) {
  return "fact " + fact.id;
}

bool is_wanted(const StudyFacts& facts, const MarketFact& fact) {
  return fact.target && std::ranges::find(facts.without, fact.id) == facts.without.end();
}

}  // namespace

Target target_of(const MarketFact& fact, double least_tolerance) {
  const double low = std::log(fact.to_judged(fact.low)), high = std::log(fact.to_judged(fact.high));
  return {.outcome = fact.id,
          .value = (low + high) / 2.0,
          .tolerance = std::max(least_tolerance, tolerance_of_range(low, high)),
          .logarithmic = true,
          .source = fact.source};
}

Study with_fact_targets(Study study) {
  if (!study.facts) return study;
  std::vector<MarketFact> wanted;
  for (const MarketFact& fact : study.facts->known)
    if (is_wanted(*study.facts, fact)) wanted.push_back(fact);
  const std::vector<double> middle(study.parameters.size(), 0.5);
  if (const auto days = run_days(scenario_at(study, point_of(study, middle)))) {
    need_facts_within(*days, wanted, study.file);
    std::erase_if(wanted, [&](const MarketFact& fact) { return fact.from < days->first || fact.to > days->last; });
  }
  for (const MarketFact& fact : wanted) {
    Target target = target_of(fact, study.facts->least_tolerance);
    target.column = study.outcomes.size();
    target.naive = naive_forecasts(fact, study.facts->known);
    study.targets.push_back(std::move(target));
    study.outcomes.push_back({.name = fact.id, .figure = figure_of(fact)});
  }
  study.facts->fitted = std::move(wanted);
  return study;
}

std::span<const MarketFact> fitted_facts(const Study& study) {
  return study.facts ? std::span<const MarketFact>(study.facts->fitted) : std::span<const MarketFact>();
}

std::vector<sim::Figure> fact_figures(std::span<const MarketFact> facts, const sim::Record& run,
                                      const models::ExchangeRates& money) {
  if (facts.empty()) return {};
  std::vector<sim::Figure> figures = observed_record(run, facts, money).figures;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    figures[i].key = figure_of(facts[i]);
    auto* const judged = std::get_if<double>(&figures[i].value);
    if (judged == nullptr) continue;
    // Zero has no logarithm: nothing was delivered.
    if (*judged > 0.0) {
      *judged = std::log(*judged);
    } else {
      figures[i].value = std::string(no_value_in_period);
    }
  }
  return figures;
}

std::optional<std::string> never_shown(const sim::Figure& fact_figure) {
  const auto* missing = std::get_if<std::string>(&fact_figure.value);
  return missing != nullptr && *missing != no_value_in_period ? std::optional(*missing) : std::nullopt;
}

}  // namespace chokepoint::analysis
