#include "sim/market/market_details.hpp"

#include <array>
#include <chrono>
#include <utility>

#include "models/calendar/iso_date.hpp"
#include "sim/market/market_columns.hpp"

namespace chokepoint::sim {
namespace {

std::string date_of(const MarketSpec& spec, std::int64_t day) {
  return models::format_date(spec.first_day + std::chrono::days(day));
}

}  // namespace

void MarketDetails::record(const Market& market) {
  if (market.day() < first_day_) return;
  const std::string date = date_of(spec_, market.day());
  for (std::size_t maker = 0; maker < market.supply().makers(); ++maker)
    for (const Allocation& row : market.supply().vendor(maker).allocations()) {
      const MarketProduct& product = spec_.products[static_cast<std::size_t>(row.product)];
      const auto gpus = static_cast<double>(product.gpus);
      date_.push_back(date);
      region_.push_back(spec_.regions[row.region].name);
      product_.push_back(product.name);
      form_.push_back(product.form);
      cohort_.push_back(row.cohort);
      ordered_.push_back(gpus * static_cast<double>(row.ordered));
      shipped_.push_back(gpus * static_cast<double>(row.shipped));
    }
}

Table MarketDetails::take_allocations() {
  Table table{.name = "allocations", .columns = {}};
  const std::array<std::pair<std::string_view, TextColumn*>, 5> texts{{{date_column, &date_},
                                                                       {region_column, &region_},
                                                                       {product_column, &product_},
                                                                       {form_column, &form_},
                                                                       {"cohort", &cohort_}}};
  for (const auto& [name, values] : texts)
    table.columns.push_back({.name = std::string(name), .values = std::exchange(*values, {})});
  table.columns.push_back({.name = "ordered", .values = std::exchange(ordered_, {})});
  table.columns.push_back({.name = "shipped", .values = std::exchange(shipped_, {})});
  return table;
}

Table MarketDetails::contracts(const Market& market) const {
  const std::array<std::string_view, 8> text_names{"signed",       "due",       "last_delivery", region_column,
                                                   product_column, form_column, "cohort",        currency_column};
  const std::array<std::string_view, 8> number_names{"customer",  "price",     "quantity",    "delivered",
                                                     "kept_back", "cancelled", "undelivered", "penalty"};
  std::array<TextColumn, text_names.size()> texts;
  std::array<std::vector<double>, number_names.size()> numbers;
  for (std::size_t maker = 0; maker < market.supply().makers(); ++maker) {
    const Vendor& vendor = market.supply().vendor(maker);
    for (const ServerContract& contract : vendor.contracts().contracts()) {
      if (contract.signed_day < first_day_) continue;
      const Vendor::Customer& buyer = vendor.who(contract.customer);
      const MarketProduct& product = spec_.products[static_cast<std::size_t>(contract.product)];
      const MarketRegion& region = spec_.regions[buyer.region];
      const std::array<std::string, text_names.size()> row{
          date_of(spec_, contract.signed_day),
          date_of(spec_, contract.due_day),
          contract.last_delivery_day < 0 ? std::string() : date_of(spec_, contract.last_delivery_day),
          region.name,
          product.name,
          product.form,
          buyer.cohort,
          region.currency.code()};
      for (std::size_t n = 0; n < row.size(); ++n) texts[n].push_back(row[n]);
      const auto gpus = [&](std::int64_t goods) { return static_cast<double>(goods * product.gpus); };
      const std::array<double, number_names.size()> values{static_cast<double>(contract.customer),
                                                           contract.price.units(),
                                                           gpus(contract.quantity),
                                                           gpus(contract.delivered),
                                                           gpus(contract.kept_back),
                                                           gpus(contract.cancelled),
                                                           gpus(contract.undelivered),
                                                           contract.penalty.units()};
      for (std::size_t n = 0; n < values.size(); ++n) numbers[n].push_back(values[n]);
    }
  }
  Table table{.name = "contracts", .columns = {}};
  for (std::size_t n = 0; n < texts.size(); ++n)
    table.columns.push_back({.name = std::string(text_names[n]), .values = std::move(texts[n])});
  for (std::size_t n = 0; n < numbers.size(); ++n)
    table.columns.push_back({.name = std::string(number_names[n]), .values = std::move(numbers[n])});
  return table;
}

}  // namespace chokepoint::sim
