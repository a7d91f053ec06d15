#include "analysis/paths/market_path.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "analysis/facts/market_series.hpp"
#include "analysis/statistics/weighted_sample.hpp"
#include "models/calendar/iso_date.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::analysis {
namespace {

using Series = MarketSeries::Series;

std::string name_of(const Series& series) {
  return series.product + ' ' + series.form;
}

bool is_flow(std::string_view column) {
  const auto is_among = [column](const auto& names) { return std::ranges::find(names, column) != names.end(); };
  return is_among(sim::flow_columns) || is_among(sim::trade_columns);
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

/// The series that is asked for; the faults of a question that has none.
const Series* find_series(const MarketSeries& market, const PathQuestion& question, std::vector<sim::Fault>& faults) {
  std::vector<std::string> products;
  std::vector<std::string> regions;
  for (const Series& series : market.all()) {
    add_name(products, name_of(series));
    add_name(regions, series.region);
  }
  const auto refuse = [&](std::string where, std::string expected, const std::string& found,
                          const std::vector<std::string>& known) {
    faults.push_back({.file = std::move(where),
                      .where = {},
                      .expected = std::move(expected),
                      .found = '"' + found + '"',
                      .hint = sim::name_hint(found, known)});
  };
  if (std::ranges::find(products, question.product) == products.end())
    refuse("--product", "a product and its form of the market", question.product, products);
  if (!question.region.empty() && std::ranges::find(regions, question.region) == regions.end())
    refuse("--region", "a region of the market", question.region, regions);
  if (!faults.empty()) return nullptr;
  for (const Series& series : market.all())
    if (name_of(series) == question.product && (question.region.empty() || series.region == question.region))
      return &series;
  faults.push_back({.file = "--region",
                    .where = {},
                    .expected = "a region in which \"" + question.product + "\" is traded",
                    .found = '"' + question.region + '"',
                    .hint = {}});
  return nullptr;
}

}  // namespace

sim::Record monthly_path(const sim::Record& run, const PathQuestion& question) {
  const sim::Table* table = run.find_table(sim::market_table);
  if (table == nullptr || table->rows() == 0)
    throw sim::InputError({.file = run.scenario,
                           .where = {},
                           .expected = "a scenario with a market, whose paths can be shown",
                           .found = "one without"});
  const MarketSeries market(*table);
  std::vector<sim::Fault> faults;
  const Series* series = find_series(market, question, faults);
  const std::vector<double> numbers = market.numbers(question.column);
  if (numbers.empty()) {
    std::vector<std::string> known;
    for (const sim::Column& column : table->columns)
      if (std::holds_alternative<std::vector<double>>(column.values)) known.push_back(column.name);
    faults.push_back({.file = "--column",
                      .where = {},
                      .expected = "a column of numbers of market.csv",
                      .found = '"' + question.column + '"',
                      .hint = sim::name_hint(question.column, known)});
  }
  sim::throw_if_any(std::move(faults));

  struct Month {
    double sum = 0.0;
    std::size_t days = 0;
  };
  std::map<std::string, Month> months;
  for (std::size_t i = 0; i < series->days.size(); ++i) {
    const double value = numbers[series->rows[i]];
    if (std::isnan(value)) continue;
    Month& month = months[models::format_date(series->days[i]).substr(0, 7)];
    month.sum += value;
    ++month.days;
  }
  const std::string unit =
      std::ranges::find(sim::price_columns, question.column) != sim::price_columns.end() && series->currency
          ? series->currency->code()
          : std::string();
  sim::Record path{.scenario = run.scenario,
                   .title = run.title,
                   .seed = run.seed,
                   .version = run.version,
                   .catalogue_digest = run.catalogue_digest,
                   .figures = {},
                   .tables = {}};
  for (const auto& [name, month] : months)
    path.figures.push_back(
        {.key = name,
         .label = name,
         .unit = unit,
         .value = is_flow(question.column) ? month.sum : month.sum / static_cast<double>(month.days)});
  return path;
}

std::vector<PathPoint> path_bands(const WeightedRuns& paths) {
  std::map<std::string, WeightedSample> months;
  for (std::size_t i = 0; i < paths.records.size(); ++i)
    for (const sim::Figure& figure : paths.records[i].figures)
      months[figure.key].add(std::get<double>(figure.value), paths.weights[i]);
  std::vector<PathPoint> points;
  for (const auto& [month, sample] : months)
    points.push_back({.month = month, .band = sample.band(), .runs = sample.size()});
  return points;
}

}  // namespace chokepoint::analysis
