#include "analysis/facts/market_series.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "models/calendar/iso_date.hpp"
#include "models/contract/expects.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::analysis {
namespace {

const sim::TextColumn& texts_of(const sim::Table& table, std::string_view name) {
  const auto found = std::ranges::find(table.columns, name, &sim::Column::name);
  models::expects(found != table.columns.end() && std::holds_alternative<sim::TextColumn>(found->values),
                  "the table of a market says in texts which row is which");
  return std::get<sim::TextColumn>(found->values);
}

std::chrono::local_days day_of(std::string_view text) {
  const auto date = models::parse_iso_date(text);
  models::expects(date.has_value(), "the table of a market has days");
  return std::chrono::floor<std::chrono::days>(date->local);
}

}  // namespace

MarketSeries::MarketSeries(const sim::Table& table) : table_(table) {
  models::expects(table.rows() > 0, "the table of a market has rows");
  const sim::TextColumn& dates = texts_of(table, sim::date_column);
  const sim::TextColumn& regions = texts_of(table, sim::region_column);
  const sim::TextColumn& products = texts_of(table, sim::product_column);
  const sim::TextColumn& forms = texts_of(table, sim::form_column);
  const sim::TextColumn& currencies = texts_of(table, sim::currency_column);
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> places;
  std::chrono::local_days day{};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (row == 0 || dates[row] != dates[row - 1]) day = day_of(dates[row]);
    const auto [place, is_new] = places.emplace(std::tuple{regions[row], products[row], forms[row]}, series_.size());
    if (is_new)
      series_.push_back({.region = std::string(regions[row]),
                         .product = std::string(products[row]),
                         .form = std::string(forms[row]),
                         .currency = models::find_currency(currencies[row]),
                         .days = {},
                         .rows = {}});
    Series& series = series_[place->second];
    models::expects(series.days.empty() || series.days.back() < day, "the days of a series stand in order");
    series.days.push_back(day);
    series.rows.push_back(row);
    first_ = row == 0 ? day : std::min(first_, day);
    last_ = row == 0 ? day : std::max(last_, day);
  }
}

std::vector<double> MarketSeries::numbers(std::string_view column) const {
  const auto found = std::ranges::find(table_.columns, column, &sim::Column::name);
  if (found == table_.columns.end()) return {};
  if (const auto* numbers = std::get_if<std::vector<double>>(&found->values)) return *numbers;
  const auto* whole = std::get_if<std::vector<std::int64_t>>(&found->values);
  return whole == nullptr ? std::vector<double>{} : std::vector<double>(whole->begin(), whole->end());
}

}  // namespace chokepoint::analysis
