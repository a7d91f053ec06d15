#include "analysis/output/series_panels.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

namespace chokepoint::analysis {
namespace {

std::vector<double> numbers_of(const sim::Column& column) {
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values))
    return {integers->begin(), integers->end()};
  if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) return *reals;
  return {};
}

std::string words(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

/// Reads the columns of a series one by one.
class ColumnReader {
 public:
  explicit ColumnReader(const BandedSeries& series) : series_(series) {}

  [[nodiscard]] const std::vector<sim::Column>& columns() const { return series_.line.columns; }
  SeriesLine* add_line(SeriesPanel& panel, std::string label, const sim::Column& column) const {
    std::vector<double> values = numbers_of(column);
    if (std::ranges::none_of(values, [](double value) { return std::isfinite(value); })) return nullptr;
    SeriesLine& line = panel.lines.emplace_back(std::move(label), std::move(values));
    const auto place = static_cast<std::size_t>(&column - columns().data());
    if (series_.low != nullptr) line.low = numbers_of(series_.low->columns[place]);
    if (series_.high != nullptr) line.high = numbers_of(series_.high->columns[place]);
    return &line;
  }

 private:
  const BandedSeries& series_;
};

void scale(SeriesPanel& panel, double factor) {
  for (SeriesLine& line : panel.lines)
    for (auto* values : {&line.values, &line.low, &line.high})
      for (double& value : *values) value *= factor;
}

double largest(const SeriesPanel& panel) {
  double most = 0.0;
  for (const SeriesLine& line : panel.lines)
    for (const auto* values : {&line.values, &line.high})
      for (const double value : *values)
        if (std::isfinite(value)) most = std::max(most, std::abs(value));
  return most;
}

SeriesPanel utilization_panel(const ColumnReader& series) {
  SeriesPanel panel{"utilization", "%", {}, 100.0};
  constexpr std::string_view prefix = "utilization_";
  for (const sim::Column& column : series.columns())
    if (column.name.starts_with(prefix)) series.add_line(panel, words(column.name.substr(prefix.size())), column);
  scale(panel, 100.0);
  return panel;
}

SeriesPanel jobs_panel(const ColumnReader& series) {
  SeriesPanel panel{"jobs", "", {}};
  for (const sim::Column& column : series.columns()) {
    if (!column.name.ends_with("_jobs")) continue;
    const std::string label = column.name.substr(0, column.name.size() - 5);
    series.add_line(panel, label == "queue" ? "waiting" : words(label), column);
  }
  return panel;
}

SeriesPanel power_panel(const ColumnReader& series) {
  SeriesPanel panel{"power", "W", {}};
  for (const sim::Column& column : series.columns()) {
    if (column.name == "limit_w") {
      if (SeriesLine* line = series.add_line(panel, "limit", column)) line->limit = true;
    } else if (column.name.ends_with("power_w")) {
      const std::string place = column.name.substr(0, column.name.size() - 7);
      series.add_line(panel, place.empty() ? "power" : words(place.substr(0, place.size() - 1)), column);
    }
  }
  constexpr std::array<std::pair<double, const char*>, 3> units{{{1e9, "GW"}, {1e6, "MW"}, {1e3, "kW"}}};
  const double most = largest(panel);
  for (const auto& [unit, name] : units) {
    if (most < unit) continue;
    scale(panel, 1.0 / unit);
    panel.unit = name;
    break;
  }
  return panel;
}

// "price_cny_per_kwh" is a price in CNY/kWh.
SeriesPanel price_panel(const ColumnReader& series) {
  SeriesPanel panel{"price", "", {}};
  constexpr std::string_view prefix = "price_";
  for (const sim::Column& column : series.columns()) {
    if (!column.name.starts_with(prefix)) continue;
    std::string unit = column.name.substr(prefix.size());
    const std::size_t per = unit.find("_per_");
    if (per != std::string::npos) {
      std::string currency = unit.substr(0, per);
      std::ranges::transform(currency, currency.begin(),
                             [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
      const std::string good = unit.substr(per + 5);
      unit = currency + "/" + (good == "kwh" ? "kWh" : good == "mwh" ? "MWh" : words(good));
    }
    panel.unit = unit;
    series.add_line(panel, "price", column);
  }
  return panel;
}

std::optional<models::LocalTime> start_of(const sim::Table& series, double first_time_s) {
  const auto date = std::ranges::find(series.columns, "date", &sim::Column::name);
  if (date == series.columns.end() || !std::holds_alternative<sim::TextColumn>(date->values)) return std::nullopt;
  const auto first = models::parse_iso_date(std::get<sim::TextColumn>(date->values)[0]);
  if (!first) return std::nullopt;
  return first->local - std::chrono::seconds(std::llround(first_time_s));
}

}  // namespace

SeriesPanels series_panels(const BandedSeries& series) {
  const sim::Table& table = series.line;
  const auto time = std::ranges::find(table.columns, "time_s", &sim::Column::name);
  if (table.rows() == 0 || time == table.columns.end()) return {};
  SeriesPanels result;
  result.time_s = numbers_of(*time);
  result.start = start_of(table, result.time_s.front());
  const ColumnReader reader(series);
  for (auto panel_of : {utilization_panel, jobs_panel, power_panel, price_panel})
    if (SeriesPanel panel = panel_of(reader); !panel.lines.empty()) result.panels.push_back(std::move(panel));
  return result;
}

SeriesPanels series_panels(const sim::Record& record) {
  const sim::Table* const series = record.find_table("series");
  return series == nullptr ? SeriesPanels{} : series_panels({.line = *series});
}

}  // namespace chokepoint::analysis
