#include "sim/market/market_power.hpp"

#include <algorithm>

#include "models/quantity/quantity.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::sim {
namespace {

constexpr double days_a_year = 365.25;
constexpr double watts_a_megawatt = 1e6;
constexpr double joules_a_twh = 1e9 * models::joules_per_kwh;
constexpr double twh_a_year_a_megawatt = watts_a_megawatt * days_a_year * models::seconds_per_day / joules_a_twh;

const Column& column_of(const Table& table, std::string_view name) {
  return *std::ranges::find(table.columns, name, &Column::name);
}

/// Of all rows of a day, TWh a year, by day of the table.
std::vector<double> energy_by_day(const Table& market) {
  const auto& date = std::get<TextColumn>(column_of(market, date_column).values);
  const auto& power = std::get<std::vector<double>>(column_of(market, power_column).values);
  std::vector<double> twh_a_year;
  for (std::size_t row = 0; row < market.rows(); ++row) {
    if (row == 0 || date[row] != date[row - 1]) twh_a_year.push_back(0.0);
    twh_a_year.back() += twh_a_year_a_megawatt * power[row];
  }
  return twh_a_year;
}

}  // namespace

double power_mw(const Market& market, std::size_t region, std::size_t product) {
  const MarketPower& power = *market.spec().power;
  std::int64_t goods = 0;
  for (const auto& agents : market.regions()[region].agents)
    if (agents->uses_goods()) goods += agents->stock(static_cast<Eigen::Index>(product));
  return static_cast<double>(goods) * power.rated_w[product] * power.draw * power.pue / watts_a_megawatt;
}

std::vector<Figure> market_power_figures(const MarketPower& power, const Table& market) {
  const std::vector<double> twh_a_year = energy_by_day(market);
  if (twh_a_year.empty()) return {};
  const std::string group = "market: power of goods in use";
  std::vector<Figure> figures{{.key = "market_energy_last_twh_a_year",
                               .label = "energy of a year, last day",
                               .unit = "TWh",
                               .value = twh_a_year.back(),
                               .group = group}};
  if (!power.line_j) return figures;
  const auto reached =
      std::ranges::find_if(twh_a_year, [&](double twh) { return twh * joules_a_twh >= *power.line_j; });
  if (reached != twh_a_year.end())
    figures.push_back({.key = "market_energy_line_years",
                       .label = "time to the line",
                       .unit = "years",
                       .value = static_cast<double>(reached - twh_a_year.begin()) / days_a_year,
                       .group = group});
  return figures;
}

}  // namespace chokepoint::sim
