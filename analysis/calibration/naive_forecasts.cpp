#include "analysis/calibration/naive_forecasts.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "analysis/facts/fact_words.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double cards_of_server = 8.0;

/// The kind that stands for what a fact is a value of.
FactKind thing_of(const MarketFact& fact) {
  const bool price = fact.kind == FactKind::retail_asked || fact.kind == FactKind::contract;
  return price ? FactKind::spot : fact.kind;
}

double days_of(const MarketFact& fact) {
  return static_cast<double>((fact.to - fact.from).count());
}

double middle_of(const MarketFact& fact) {
  return static_cast<double>(fact.from.time_since_epoch().count()) + days_of(fact) / 2.0;
}

double log_centre(const MarketFact& fact) {
  return (std::log(fact.to_judged(fact.low)) + std::log(fact.to_judged(fact.high))) / 2.0;
}

/// What a fact's value counts of the unit in which facts compare: GPUs of a price or rent, days of deliveries.
double log_units(const MarketFact& fact) {
  if (fact.kind == FactKind::deliveries) return std::log(days_of(fact) + 1.0);
  const bool server = fact.unit.starts_with("server") || fact.unit.starts_with("instance");
  return server ? std::log(cards_of_server) : 0.0;
}

double comparable_value(const MarketFact& fact) {
  return log_centre(fact) - log_units(fact);
}

bool is_earlier(const MarketFact& other, const MarketFact& fact) {
  const bool one_currency = !fact.is_price() || fact.is_change() || other.currency == fact.currency;
  return other.to < fact.from && !other.is_change() && thing_of(other) == thing_of(fact) && one_currency &&
         sim::lower_case(other.region) == sim::lower_case(fact.region) &&
         chips_of(other.product) == chips_of(fact.product);
}

/// The newest first; of those of one end the one that began last, then the last id.
std::vector<const MarketFact*> earlier_than(const MarketFact& fact, std::span<const MarketFact> known) {
  std::vector<const MarketFact*> earlier;
  for (const MarketFact& other : known)
    if (is_earlier(other, fact)) earlier.push_back(&other);
  std::ranges::sort(earlier, [](const MarketFact* a, const MarketFact* b) {
    return std::tie(a->to, a->from, a->id) > std::tie(b->to, b->from, b->id);
  });
  return earlier;
}

/// The logarithm of the fact's judged value by a rule.
using Rule = std::optional<double> (*)(const MarketFact& fact, std::span<const MarketFact> known);

std::optional<double> by_last_value(const MarketFact& fact, std::span<const MarketFact> known) {
  const auto earlier = earlier_than(fact, known);
  if (earlier.empty()) return std::nullopt;
  return fact.is_change() ? 0.0 : comparable_value(*earlier.front()) + log_units(fact);
}

std::optional<double> by_trend(const MarketFact& fact, std::span<const MarketFact> known) {
  const auto earlier = earlier_than(fact, known);
  if (earlier.empty()) return std::nullopt;
  const MarketFact& newest = *earlier.front();
  const auto before =
      std::ranges::find_if(earlier, [&](const MarketFact* other) { return middle_of(*other) != middle_of(newest); });
  if (before == earlier.end()) return std::nullopt;
  const double slope =
      (comparable_value(newest) - comparable_value(**before)) / (middle_of(newest) - middle_of(**before));
  if (fact.is_change()) return slope * days_of(fact);
  return comparable_value(newest) + slope * (middle_of(fact) - middle_of(newest)) + log_units(fact);
}

/// Root of the mean square of what the rule misses the other facts by.
std::optional<double> spread_on_others(Rule rule, const MarketFact& fact, std::span<const MarketFact> known) {
  double squares = 0.0, count = 0.0;
  for (const MarketFact& other : known) {
    if (other.id == fact.id || thing_of(other) != thing_of(fact)) continue;
    const auto forecast = rule(other, known);
    if (!forecast) continue;
    squares += (log_centre(other) - *forecast) * (log_centre(other) - *forecast);
    count += 1.0;
  }
  return count > 0.0 ? std::optional(std::sqrt(squares / count)) : std::nullopt;
}

}  // namespace

std::vector<NaiveForecast> naive_forecasts(const MarketFact& fact, std::span<const MarketFact> known) {
  constexpr double normal_quantile_95 = 1.6448536269514722;
  std::vector<NaiveForecast> forecasts;
  const auto add = [&](std::string_view name, Rule rule) {
    const auto value = rule(fact, known);
    const auto spread = spread_on_others(rule, fact, known);
    if (!value || !spread) return;
    const double half = normal_quantile_95 * *spread;
    forecasts.push_back({.name = std::string(name), .band = {.low = *value - half, .high = *value + half}});
  };
  add(last_value, by_last_value);
  add(trend, by_trend);
  return forecasts;
}

}  // namespace chokepoint::analysis
