#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/quantity/money.hpp"

namespace chokepoint::analysis {

/// Which series of a market a fact speaks of.
enum class FactKind { spot, retail_asked, contract, list, grey, rent, lead_time, deliveries };
/// As files write them ("retail asked"), in the order of FactKind.
std::span<const std::string> fact_kind_names();
/// The column of a market's table that answers a kind.
std::string_view fact_column(FactKind kind);

enum class FactStatistic { mean, percent_change, ratio, sum };
std::span<const std::string> fact_statistic_names();

/// Something that was reported of a market: a range for the mean of a period, for the change from its first day to its
/// last, or for the sum of its days, which is that of deliveries alone.
struct MarketFact {
  std::string id;
  /// Whether a market is fitted to it.
  bool target = false;
  /// In words, such as "8-GPU A100 or A800 server"; the chips in it count.
  std::string product;
  /// "card", "SXM", ...; "unknown", "any" or nothing where any may be meant. What stands in brackets is a remark.
  std::string form;
  FactKind kind = FactKind::spot;
  std::string region;
  /// One of fact_unit_names().
  std::string unit;
  FactStatistic statistic = FactStatistic::mean;
  std::chrono::local_days from{};
  std::chrono::local_days to{};
  double low = 0.0;
  double high = 0.0;
  std::optional<models::Currency> currency;
  std::string source;
  std::string note;

  [[nodiscard]] bool is_price() const { return kind != FactKind::lead_time && kind != FactKind::deliveries; }
  [[nodiscard]] bool is_change() const {
    return statistic == FactStatistic::percent_change || statistic == FactStatistic::ratio;
  }
  /// What values are judged on: of changes the factor of the last day over the first, else the value itself.
  [[nodiscard]] double to_judged(double value) const {
    return statistic == FactStatistic::percent_change ? 1.0 + value / 100.0 : value;
  }
  [[nodiscard]] double from_judged(double judged) const {
    return statistic == FactStatistic::percent_change ? 100.0 * (judged - 1.0) : judged;
  }
};

/// "card", "server", "card-month", "server-month", "instance-month" (of eight cards), "months", "GPUs".
std::span<const std::string> fact_unit_names();

}  // namespace chokepoint::analysis
