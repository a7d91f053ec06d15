#include "analysis/replicates/series_band.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "analysis/output/panels_svg.hpp"
#include "analysis/output/series_panels.hpp"
#include "models/contract/expects.hpp"
#include "models/statistics/quantile_band.hpp"

namespace chokepoint::analysis {
namespace {

double number_at(const sim::Column& column, std::size_t row) {
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&column.values))
    return static_cast<double>((*whole)[row]);
  return std::get<std::vector<double>>(column.values)[row];
}

struct Bands {
  std::vector<double> median;
  std::vector<double> p5;
  std::vector<double> p95;
};

Bands bands_of(const std::vector<const sim::Table*>& series, std::size_t column, std::size_t rows) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  Bands bands;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> values;
    for (const sim::Table* table : series) {
      if (row >= table->rows()) continue;
      const double value = number_at(table->columns[column], row);
      if (std::isfinite(value)) values.push_back(value);
    }
    const models::QuantileBand band =
        values.empty() ? models::QuantileBand{none, none, none} : models::quantile_band(std::move(values));
    bands.median.push_back(band.median);
    bands.p5.push_back(band.p5);
    bands.p95.push_back(band.p95);
  }
  return bands;
}

bool names_instants(const sim::Column& column) {
  return column.name == "time_s" || std::holds_alternative<sim::TextColumn>(column.values);
}

}  // namespace

std::optional<SeriesBand> series_band(std::span<const sim::Record> replicates) {
  std::vector<const sim::Table*> series;
  for (const sim::Record& record : replicates)
    if (const sim::Table* table = record.find_table("series"); table != nullptr && table->rows() > 0)
      series.push_back(table);
  if (series.empty()) return std::nullopt;
  const sim::Table& longest = **std::ranges::max_element(series, {}, &sim::Table::rows);
  const sim::Table& shortest = **std::ranges::min_element(series, {}, &sim::Table::rows);

  SeriesBand band{.median = {.name = "series", .columns = {}},
                  .p5 = {.name = "series", .columns = {}},
                  .p95 = {.name = "series", .columns = {}},
                  .first_end_s = {}};
  for (std::size_t i = 0; i < longest.columns.size(); ++i) {
    const sim::Column& column = longest.columns[i];
    models::expects(std::ranges::all_of(series,
                                        [&](const sim::Table* table) {
                                          return i < table->columns.size() && table->columns[i].name == column.name;
                                        }),
                    "replicates have the same series");
    if (names_instants(column)) {
      for (sim::Table* table : {&band.median, &band.p5, &band.p95}) table->columns.push_back(column);
      if (column.name == "time_s" && shortest.rows() < longest.rows())
        band.first_end_s = number_at(column, shortest.rows());
      continue;
    }
    Bands values = bands_of(series, i, longest.rows());
    band.median.columns.push_back({.name = column.name, .values = std::move(values.median)});
    band.p5.columns.push_back({.name = column.name, .values = std::move(values.p5)});
    band.p95.columns.push_back({.name = column.name, .values = std::move(values.p95)});
  }
  return band;
}

sim::Table band_table(const SeriesBand& band) {
  sim::Table table{.name = "series", .columns = {}};
  for (std::size_t i = 0; i < band.median.columns.size(); ++i) {
    const sim::Column& median = band.median.columns[i];
    if (names_instants(median)) {
      table.columns.push_back(median);
      continue;
    }
    table.columns.push_back({.name = median.name + "_p5", .values = band.p5.columns[i].values});
    table.columns.push_back({.name = median.name + "_median", .values = median.values});
    table.columns.push_back({.name = median.name + "_p95", .values = band.p95.columns[i].values});
  }
  return table;
}

std::string band_svg(const SeriesBand& band, std::span<const sim::Record> replicates) {
  SeriesPanels panels = series_panels({.line = band.median, .low = &band.p5, .high = &band.p95});
  panels.mark_s = band.first_end_s;
  const sim::Record& first = replicates.front();
  return panels_svg(
      panels, {.heading = first.title.empty() ? first.scenario : first.title,
               .about = fmt::format("{}, seed {}, {} replicates, chokepoint {}; line: median, band: 5 % to 95 %{}",
                                    first.scenario, first.seed, replicates.size(), first.version,
                                    band.first_end_s ? "; right of the dotted line some have ended" : "")});
}

}  // namespace chokepoint::analysis
