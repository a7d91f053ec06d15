#include "analysis/facts/observe_fact.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/facts/fact_words.hpp"
#include "models/calendar/iso_date.hpp"
#include "sim/market/market_columns.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using Series = MarketSeries::Series;
using Words = std::vector<std::string>;

constexpr double days_of_month = 30.4;
constexpr days longest_standing{31};

bool has(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::ptrdiff_t further_words(const Words& product, const Words& fact) {
  return std::count_if(product.begin() + 1, product.end(), [&](const std::string& word) { return has(fact, word); });
}

/// The series that answer the fact, each with the GPUs delivered in the period.
struct Answer {
  const Series* series;
  double weight;
};

std::vector<const Series*> series_for(const MarketFact& fact, const MarketSeries& market) {
  std::vector<std::string> products;
  for (const Series& series : market.all())
    if (std::ranges::find(products, series.product) == products.end()) products.push_back(series.product);
  std::vector<const Series*> found;
  for (const Series& series : market.all())
    if (sim::lower_case(series.region) == sim::lower_case(fact.region) &&
        names_product(fact.product, series.product, products) && allows_form(fact, series.form))
      found.push_back(&series);
  return found;
}

class Observer {
 public:
  Observer(const MarketFact& fact, const MarketSeries& market, const models::ExchangeRates& money)
      : fact_(fact), money_(money), values_(market.numbers(fact_column(fact.kind))) {
    const std::vector<double> delivered = market.numbers(sim::deliveries_column);
    for (const Series* series : series_for(fact, market)) {
      double weight = 0.0;
      for (std::size_t i = 0; i < series->days.size() && !delivered.empty(); ++i)
        if (series->days[i] >= fact.from && series->days[i] <= fact.to) weight += delivered[series->rows[i]];
      answers_.push_back({.series = series, .weight = weight});
    }
  }

  [[nodiscard]] Observation observe(const MarketSeries& market) {
    if (fact_.from < market.first() || fact_.to > market.last())
      return {.judged = {},
              .missing = fmt::format("the run goes from {} to {}", models::format_date(market.first()),
                                     models::format_date(market.last()))};
    if (answers_.empty()) return {.judged = {}, .missing = "the market has no such product in this form and region"};
    if (values_.empty())
      return {.judged = {}, .missing = fmt::format("the market has no series {}", fact_column(fact_.kind))};
    if (!converts()) return {.judged = {}, .missing = "no exchange rate is known"};
    const auto judged = fact_.is_change() ? change() : fact_.statistic == FactStatistic::sum ? sum() : mean();
    if (!judged) return {.judged = {}, .missing = std::string(no_value_in_period)};
    return {.judged = fact_.kind == FactKind::lead_time && !fact_.is_change() ? *judged / days_of_month : *judged,
            .missing = {}};
  }

 private:
  [[nodiscard]] bool is_money() const { return fact_.currency.has_value() && fact_.is_price(); }

  [[nodiscard]] bool converts() const {
    return !is_money() || std::ranges::all_of(answers_, [&](const Answer& answer) {
      return answer.series->currency == fact_.currency ||
             (answer.series->currency && money_.knows(*answer.series->currency) && money_.knows(*fact_.currency));
    });
  }

  /// The value of the i-th day of a series in the fact's currency.
  [[nodiscard]] double value(const Series& series, std::size_t i) const {
    const double given = values_[series.rows[i]];
    if (!is_money() || series.currency == fact_.currency) return given;
    const models::Instant noon{series.days[i].time_since_epoch() + std::chrono::hours(12)};
    return given * money_.rate(*series.currency, noon) / money_.rate(*fact_.currency, noon);
  }

  /// The mean of `of_series` over the series for which it is there, by their weights.
  template <class OfSeries>
  [[nodiscard]] std::optional<double> mix(const OfSeries& of_series) const {
    double weighted = 0.0, weights = 0.0, sum = 0.0, count = 0.0;
    for (const Answer& answer : answers_) {
      const std::optional<double> one = of_series(*answer.series);
      if (!one) continue;
      weighted += answer.weight * *one;
      weights += answer.weight;
      sum += *one;
      count += 1.0;
    }
    if (count == 0.0) return std::nullopt;
    return weights > 0.0 ? weighted / weights : sum / count;
  }

  [[nodiscard]] std::optional<double> mean() const {
    return mix([&](const Series& series) -> std::optional<double> {
      double sum = 0.0, count = 0.0;
      for (std::size_t i = 0; i < series.days.size(); ++i) {
        if (series.days[i] < fact_.from || series.days[i] > fact_.to || !std::isfinite(value(series, i))) continue;
        sum += value(series, i);
        count += 1.0;
      }
      return count > 0.0 ? std::optional(sum / count) : std::nullopt;
    });
  }

  [[nodiscard]] std::optional<double> sum() const {
    std::optional<double> sum;
    for (const Answer& answer : answers_)
      for (std::size_t i = 0; i < answer.series->days.size(); ++i) {
        const local_days day = answer.series->days[i];
        if (day < fact_.from || day > fact_.to || !std::isfinite(value(*answer.series, i))) continue;
        sum = sum.value_or(0.0) + value(*answer.series, i);
      }
    return sum;
  }

  /// The value that stood on `day`.
  [[nodiscard]] std::optional<double> standing(const Series& series, local_days day) const {
    auto i = static_cast<std::size_t>(std::ranges::upper_bound(series.days, day) - series.days.begin());
    while (i-- > 0 && day - series.days[i] <= longest_standing)
      if (std::isfinite(value(series, i))) return value(series, i);
    return std::nullopt;
  }

  /// Of the series that have both days, so that the mix stays the same.
  [[nodiscard]] std::optional<double> change() const {
    const auto at = [&](local_days day) {
      return mix([&](const Series& series) -> std::optional<double> {
        const auto first = standing(series, fact_.from);
        const auto last = standing(series, fact_.to);
        if (!first || !last) return std::nullopt;
        return day == fact_.from ? first : last;
      });
    };
    const auto first = at(fact_.from);
    const auto last = at(fact_.to);
    return first && last && *first > 0.0 ? std::optional(*last / *first) : std::nullopt;
  }

  const MarketFact& fact_;
  const models::ExchangeRates& money_;
  std::vector<double> values_;
  std::vector<Answer> answers_;
};

}  // namespace

bool names_product(std::string_view words, std::string_view product, const std::vector<std::string>& products) {
  const Words fact = words_of(words);
  const Words own = words_of(product);
  if (own.empty() || !has(fact, own.front())) return false;
  return std::ranges::all_of(products, [&](const std::string& name) {
    const Words other = words_of(name);
    return other.empty() || other.front() != own.front() || further_words(other, fact) <= further_words(own, fact);
  });
}

bool allows_form(const MarketFact& fact, std::string_view form) {
  const Words has_form = words_of(form);
  if (fact.unit.starts_with("card") && !has(has_form, "card")) return false;
  if ((fact.unit.starts_with("server") || fact.unit.starts_with("instance")) && !has(has_form, "server")) return false;
  const Words asked = words_of(std::string_view(fact.form).substr(0, fact.form.find('(')));
  if (asked.empty() || asked.front() == "unknown" || asked.front() == "any") return true;
  return std::ranges::all_of(asked, [&](const std::string& word) { return has(has_form, word); });
}

Observation observe(const MarketFact& fact, const MarketSeries& market, const models::ExchangeRates& money) {
  return Observer(fact, market, money).observe(market);
}

}  // namespace chokepoint::analysis
