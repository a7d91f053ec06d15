#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/quantity/money.hpp"
#include "sim/record/table.hpp"

namespace chokepoint::analysis {

/// A market's table (sim/market/market_columns.hpp) by series: the days of one product in one form in one region.
class MarketSeries {
 public:
  struct Series {
    std::string region;
    std::string product;
    std::string form;
    std::optional<models::Currency> currency;
    /// In order, and the row of each.
    std::vector<std::chrono::local_days> days;
    std::vector<std::size_t> rows;
  };

  /// `table` has the columns that say which row it is, by days in order.
  explicit MarketSeries(const sim::Table& table);

  [[nodiscard]] const std::vector<Series>& all() const { return series_; }
  /// A column by row; empty if there is none of that name.
  [[nodiscard]] std::vector<double> numbers(std::string_view column) const;
  /// Of all rows; the table has at least one.
  [[nodiscard]] std::chrono::local_days first() const { return first_; }
  [[nodiscard]] std::chrono::local_days last() const { return last_; }

 private:
  const sim::Table& table_;
  std::vector<Series> series_;
  std::chrono::local_days first_{};
  std::chrono::local_days last_{};
};

}  // namespace chokepoint::analysis
