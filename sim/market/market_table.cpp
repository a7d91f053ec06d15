#include "sim/market/market_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "sim/market/market_columns.hpp"
#include "sim/market/market_power.hpp"
#include "sim/record/key_part.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t text_columns = 5;
constexpr std::string_view scarcity_column = "scarcity";

/// Of the columns after the texts, in their order.
std::vector<std::string> number_columns(const MarketSpec& spec) {
  std::vector<std::string> names;
  for (const auto name : price_columns) names.emplace_back(name);
  names.emplace_back(lead_time_column);
  names.emplace_back(backlog_column);
  for (const auto name : flow_columns) names.emplace_back(name);
  for (const auto name : trade_columns) names.emplace_back(name);
  names.emplace_back(scarcity_column);
  for (const auto holder : stock_holders) names.push_back(std::string(stock_prefix) + std::string(holder));
  if (spec.power) names.emplace_back(power_column);
  return names;
}

double or_none(double value) {
  return value > 0.0 ? value : no_value;
}

/// GPUs of a product that a kind of holder has in a region; the vendor's are for all regions.
double stock_of(const Market& market, std::string_view holder, const Market::Region& region, Eigen::Index product) {
  if (holder == vendor_holder) return static_cast<double>(market.vendor_stock(product));
  double stock = 0.0;
  for (const auto& agents : region.agents)
    if (agents->holder_kind() == holder) stock += static_cast<double>(agents->stock(product));
  return stock;
}

/// In the order of number_columns().
std::vector<double> row_of(const Market& market, std::size_t region, std::size_t product) {
  const Market::Region& place = market.regions()[region];
  const MarketBoard& board = place.board;
  const auto r = static_cast<Eigen::Index>(region);
  const auto k = static_cast<Eigen::Index>(product);
  const auto gpus = static_cast<double>(market.spec().products[product].gpus);
  const MarketFlows& flows = market.flows();
  const bool sold = board.on_sale[k] > 0.0;
  std::vector<double> row{
      board.spot[k],
      or_none(flows.asked(r, k)),
      sold ? board.contract[k] : no_value,
      sold ? board.list[k] : no_value,
      flows.grey(r, k) > 0.0 ? board.spot[k] : no_value,
      or_none(board.rent[k]),
      sold ? board.lead_days[k] : no_value,
      gpus * static_cast<double>(market.supply().of(k).backlog({.product = product, .region = region}))};
  for (const auto* flow : {&flows.orders, &flows.deliveries, &flows.cancellations, &flows.undelivered, &flows.traded,
                           &flows.imports, &flows.kept_back})
    row.push_back(gpus * (*flow)(r, k));
  row.push_back(board.scarcity[k]);
  for (const auto holder : stock_holders) row.push_back(gpus * stock_of(market, holder, place, k));
  if (market.spec().power) row.push_back(power_mw(market, region, product));
  return row;
}

}  // namespace

MarketTable::MarketTable(const MarketSpec& spec, std::int64_t first_day) : spec_(spec), first_day_(first_day) {
  for (std::string& name : number_columns(spec))
    numbers_.push_back({.name = std::move(name), .values = std::vector<double>{}});
}

void MarketTable::record(const Market& market) {
  if (market.day() < first_day_) return;
  const std::string date = models::format_date(spec_.first_day + std::chrono::days(market.day()));
  for (std::size_t r = 0; r < spec_.regions.size(); ++r)
    for (std::size_t p = 0; p < spec_.products.size(); ++p) {
      if (market.regions()[r].board.launched[static_cast<Eigen::Index>(p)] == 0.0) continue;
      date_.push_back(date);
      region_.push_back(spec_.regions[r].name);
      product_.push_back(spec_.products[p].name);
      form_.push_back(spec_.products[p].form);
      currency_.push_back(spec_.regions[r].currency.code());
      const std::vector<double> row = row_of(market, r, p);
      for (std::size_t column = 0; column < row.size(); ++column)
        std::get<std::vector<double>>(numbers_[column].values).push_back(row[column]);
    }
}

Table MarketTable::take() {
  Table table{.name = std::string(market_table), .columns = {}};
  const std::array<std::pair<std::string_view, TextColumn*>, text_columns> texts{{{date_column, &date_},
                                                                                  {region_column, &region_},
                                                                                  {product_column, &product_},
                                                                                  {form_column, &form_},
                                                                                  {currency_column, &currency_}}};
  for (const auto& [name, values] : texts)
    table.columns.push_back({.name = std::string(name), .values = std::exchange(*values, {})});
  for (Column& column : numbers_)
    table.columns.push_back({.name = column.name, .values = std::exchange(column.values, std::vector<double>{})});
  return table;
}

namespace {

const std::vector<double>& numbers_of(const Table& market, std::string_view name) {
  const auto column = std::ranges::find(market.columns, name, &Column::name);
  return std::get<std::vector<double>>(column->values);
}

/// What a product did in a region, by the rows of the table.
struct Course {
  std::size_t rows = 0;
  /// First and last of each price or stock that there was.
  double spot_first = 0.0;
  double spot_last = 0.0;
  double list_last = no_value;
  double rent_first = no_value;
  double rent_last = no_value;
  double lead_time_last = no_value;
  double backlog_last = 0.0;
  double dealers_last = 0.0;
  double ordered = 0.0;
  double delivered = 0.0;
  double cancelled = 0.0;
  double undelivered = 0.0;
  double kept_back = 0.0;
};

using Lane = std::array<std::string_view, 3>;

std::map<Lane, Course> courses_of(const Table& market) {
  const auto& region = std::get<TextColumn>(market.columns[1].values);
  const auto& product = std::get<TextColumn>(market.columns[2].values);
  const auto& form = std::get<TextColumn>(market.columns[3].values);
  const auto& spot = numbers_of(market, "spot");
  const auto& list = numbers_of(market, "list");
  const auto& rent = numbers_of(market, "rent");
  const auto& lead_time = numbers_of(market, lead_time_column);
  const auto& backlog = numbers_of(market, backlog_column);
  const auto& dealers = numbers_of(market, "stock_dealers");
  const auto& ordered = numbers_of(market, "orders");
  const auto& delivered = numbers_of(market, deliveries_column);
  const auto& cancelled = numbers_of(market, "cancellations");
  const auto& undelivered = numbers_of(market, "undelivered");
  const auto& kept_back = numbers_of(market, "kept_back");
  std::map<Lane, Course> courses;
  for (std::size_t row = 0; row < market.rows(); ++row) {
    Course& course = courses[{region[row], product[row], form[row]}];
    if (course.rows++ == 0) course.spot_first = spot[row];
    course.spot_last = spot[row];
    if (list[row] > 0.0) course.list_last = list[row];
    if (rent[row] > 0.0) course.rent_last = rent[row];
    if (std::isnan(course.rent_first)) course.rent_first = course.rent_last;
    if (lead_time[row] > 0.0) course.lead_time_last = lead_time[row];
    course.backlog_last = backlog[row];
    course.dealers_last = dealers[row];
    course.ordered += ordered[row];
    course.delivered += delivered[row];
    course.cancelled += cancelled[row];
    course.undelivered += undelivered[row];
    course.kept_back += kept_back[row];
  }
  return courses;
}

}  // namespace

std::vector<Figure> market_figures(const MarketSpec& spec, const Table& market) {
  std::vector<Figure> figures;
  const auto courses = courses_of(market);
  for (const MarketRegion& place : spec.regions)
    for (const MarketProduct& good : spec.products) {
      const auto found = courses.find({place.name, good.name, good.form});
      if (found == courses.end()) continue;
      const Course& course = found->second;
      const std::string key = key_part(place.name) + '_' + key_part(good.name) + '_' + key_part(good.form) + '_';
      const std::string money = place.currency.code();
      const std::string money_key = lower_case(money);
      const auto add = [&](const std::string& name, std::string label, std::string unit, double value) {
        if (std::isnan(value)) return;
        figures.push_back({.key = key + name,
                           .label = std::move(label),
                           .unit = std::move(unit),
                           .value = value,
                           .group = fmt::format("market: {} {}, {}", good.name, good.form, place.name)});
      };
      add("spot_first_" + money_key, "spot price, first day", money, course.spot_first);
      add("spot_last_" + money_key, "spot price, last day", money, course.spot_last);
      add("spot_change_percent", "spot price, last day over first", "%",
          100.0 * (course.spot_last / course.spot_first - 1.0));
      add("list_last_" + money_key, "list price, last on sale", money, course.list_last);
      add("rent_first_" + money_key, "rent of a month, first day", money, course.rent_first);
      add("rent_last_" + money_key, "rent of a month, last day", money, course.rent_last);
      add("lead_time_last_days", "lead time, last on sale", "d", course.lead_time_last);
      add("ordered", "GPUs ordered", "", course.ordered);
      add("delivered", "GPUs delivered", "", course.delivered);
      add("backlog_last", "GPUs on order, last day", "", course.backlog_last);
      add("cancelled", "GPUs cancelled", "", course.cancelled);
      add("undelivered", "GPUs that rules left undelivered", "", course.undelivered);
      if (course.kept_back > 0.0) add("kept_back", "GPUs that makers kept back", "", course.kept_back);
      add("stock_dealers_last", "GPUs of dealers, last day", "", course.dealers_last);
    }
  if (spec.power)
    for (Figure& figure : market_power_figures(*spec.power, market)) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace chokepoint::sim
