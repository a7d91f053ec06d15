#include "sim/market/market_table.hpp"

#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

/// In the order of the table. A kind that nobody in the market trades has no value.
enum MarketColumn : std::size_t {
  spot,
  asked,
  contract,
  list,
  grey,
  rent,
  lead_time_days,
  backlog,
  stock_vendor,
  stock_dealers,
  stock_speculators,
  stock_buyers,
  orders,
  deliveries,
  cancellations,
  undelivered,
  traded,
  scarcity,
  market_columns
};
constexpr std::array<const char*, market_columns> column_names{
    "spot",         "asked",         "contract",          "list",
    "grey",         "rent",          "lead_time_days",    "backlog",
    "stock_vendor", "stock_dealers", "stock_speculators", "stock_buyers",
    "orders",       "deliveries",    "cancellations",     "undelivered",
    "traded",       "scarcity"};

double or_none(double value) {
  return value > 0.0 ? value : no_value;
}

}  // namespace

MarketTable::MarketTable(const MarketSpec& spec, models::LocalTime midnight, std::int64_t first_day)
    : spec_(spec), midnight_(midnight), first_day_(first_day) {
  for (const char* name : column_names) numbers_.push_back({.name = name, .values = std::vector<double>{}});
}

void MarketTable::record(const Market& market) {
  if (market.day() < first_day_) return;
  const std::string date = models::format_date(midnight_ + std::chrono::days(market.day()));
  for (std::size_t r = 0; r < spec_.regions.size(); ++r) {
    const Market::Region& region = market.regions()[r];
    const auto row = static_cast<Eigen::Index>(r);
    for (std::size_t p = 0; p < spec_.products.size(); ++p) {
      const auto k = static_cast<Eigen::Index>(p);
      if (region.board.launched[k] == 0.0) continue;
      std::array<double, market_columns> values;
      values.fill(no_value);
      values[spot] = region.board.spot[k];
      values[asked] = or_none(market.flows().asked(row, k));
      values[list] = region.board.on_sale[k] > 0.0 ? region.board.list[k] : no_value;
      values[lead_time_days] = region.board.on_sale[k] > 0.0 ? region.board.lead_days[k] : no_value;
      values[backlog] = static_cast<double>(market.vendor().backlog(r, k));
      values[stock_vendor] = static_cast<double>(market.vendor_stock(k));
      for (const std::size_t column : {stock_dealers, stock_speculators, stock_buyers}) values[column] = 0.0;
      for (const auto& agents : region.agents)
        for (const std::size_t column : {stock_dealers, stock_speculators, stock_buyers})
          if (agents->stock_column() == column_names[column]) values[column] += static_cast<double>(agents->stock(k));
      values[orders] = market.flows().orders(row, k);
      values[deliveries] = market.flows().deliveries(row, k);
      values[cancellations] = market.flows().cancellations(row, k);
      values[undelivered] = market.flows().undelivered(row, k);
      values[traded] = market.flows().traded(row, k);
      values[scarcity] = region.board.scarcity[k];
      date_.push_back(date);
      region_.push_back(spec_.regions[r].name);
      product_.push_back(spec_.products[p].name);
      form_.push_back(spec_.products[p].form);
      currency_.push_back(spec_.regions[r].currency.code());
      for (std::size_t column = 0; column < market_columns; ++column)
        std::get<std::vector<double>>(numbers_[column].values).push_back(values[column]);
    }
  }
}

Table MarketTable::take() {
  Table table{.name = "market", .columns = {}};
  table.columns.push_back({.name = "date", .values = std::exchange(date_, {})});
  table.columns.push_back({.name = "region", .values = std::exchange(region_, {})});
  table.columns.push_back({.name = "product", .values = std::exchange(product_, {})});
  table.columns.push_back({.name = "form", .values = std::exchange(form_, {})});
  table.columns.push_back({.name = "currency", .values = std::exchange(currency_, {})});
  for (Column& column : numbers_)
    table.columns.push_back({.name = column.name, .values = std::exchange(column.values, std::vector<double>{})});
  return table;
}

namespace {

const std::vector<double>& column_of(const Table& market, MarketColumn column) {
  return std::get<std::vector<double>>(market.columns[5 + column].values);
}

std::string key_part(const std::string& name) {
  std::string key = lower_case(name);
  for (char& letter : key)
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))) letter = '_';
  return key;
}

}  // namespace

std::vector<Figure> market_figures(const MarketSpec& spec, const Table& market) {
  std::vector<Figure> figures;
  if (market.rows() == 0) return figures;
  const auto& region = std::get<TextColumn>(market.columns[1].values);
  const auto& product = std::get<TextColumn>(market.columns[2].values);
  const auto& form = std::get<TextColumn>(market.columns[3].values);
  for (const MarketRegion& place : spec.regions)
    for (const MarketProduct& good : spec.products) {
      std::optional<std::size_t> first;
      std::size_t last = 0;
      double delivered = 0.0;
      double cancelled = 0.0;
      double undelivered_goods = 0.0;
      for (std::size_t row = 0; row < market.rows(); ++row) {
        if (region[row] != place.name || product[row] != good.name || form[row] != good.form) continue;
        if (!first) first = row;
        last = row;
        delivered += column_of(market, deliveries)[row];
        cancelled += column_of(market, cancellations)[row];
        undelivered_goods += column_of(market, undelivered)[row];
      }
      if (!first) continue;
      const std::string key = key_part(place.name) + '_' + key_part(good.name) + '_' + key_part(good.form) + '_';
      const std::string group = fmt::format("market: {} {}, {}", good.name, good.form, place.name);
      const std::string money = place.currency.code();
      const std::string money_key = lower_case(money);
      const auto add = [&](const std::string& name, std::string label, std::string unit, double value) {
        figures.push_back(
            {.key = key + name, .label = std::move(label), .unit = std::move(unit), .value = value, .group = group});
      };
      add("spot_first_" + money_key, "spot price, first day", money, column_of(market, spot)[*first]);
      add("spot_last_" + money_key, "spot price, last day", money, column_of(market, spot)[last]);
      if (column_of(market, list)[last] > 0.0)
        add("list_last_" + money_key, "list price, last day", money, column_of(market, list)[last]);
      if (column_of(market, lead_time_days)[last] > 0.0)
        add("lead_time_last_days", "lead time, last day", "d", column_of(market, lead_time_days)[last]);
      add("delivered", "goods delivered", "", delivered);
      add("backlog_last", "on order, last day", "", column_of(market, backlog)[last]);
      add("cancelled", "orders cancelled", "", cancelled);
      if (undelivered_goods > 0.0) add("undelivered", "orders that rules left undelivered", "", undelivered_goods);
      add("stock_dealers_last", "stock of dealers, last day", "", column_of(market, stock_dealers)[last]);
    }
  return figures;
}

}  // namespace chokepoint::sim
