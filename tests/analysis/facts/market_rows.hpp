#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "sim/market/market_columns.hpp"
#include "sim/record/table.hpp"

namespace chokepoint::tests {

/// A table of a market, written row by row.
class MarketRows {
 public:
  struct Row {
    std::string region = "CN";
    std::string product = "A100";
    std::string form = "card";
    std::string currency = "CNY";
    /// By column; the others have no value.
    std::vector<std::pair<std::string, double>> values;
  };

  MarketRows() {
    for (const auto name : sim::price_columns) numbers_.push_back({std::string(name), {}});
    numbers_.push_back({std::string(sim::lead_time_column), {}});
    for (const auto name : sim::flow_columns) numbers_.push_back({std::string(name), {}});
  }

  void add(std::chrono::local_days day, const Row& row) {
    date_.push_back(models::format_date(day));
    region_.push_back(row.region);
    product_.push_back(row.product);
    form_.push_back(row.form);
    currency_.push_back(row.currency);
    for (auto& [name, values] : numbers_) {
      values.push_back(sim::no_value);
      for (const auto& [column, value] : row.values)
        if (column == name) values.back() = value;
    }
  }

  [[nodiscard]] sim::Table table() const {
    sim::Table table{.name = std::string(sim::market_table), .columns = {}};
    table.columns = {
        {"date", date_}, {"region", region_}, {"product", product_}, {"form", form_}, {"currency", currency_}};
    for (const auto& [name, values] : numbers_) table.columns.push_back({name, values});
    return table;
  }

 private:
  sim::TextColumn date_, region_, product_, form_, currency_;
  std::vector<std::pair<std::string, std::vector<double>>> numbers_;
};

inline std::chrono::local_days day(const char* text) {
  return std::chrono::floor<std::chrono::days>(models::parse_iso_date(text).value().local);
}

}  // namespace chokepoint::tests
