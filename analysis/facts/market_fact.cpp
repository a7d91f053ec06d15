#include "analysis/facts/market_fact.hpp"

#include <array>

#include "sim/market/market_columns.hpp"

namespace chokepoint::analysis {

std::span<const std::string> fact_kind_names() {
  static const std::array<std::string, 8> names{"spot", "retail asked", "contract",  "list",
                                                "grey", "rent",         "lead time", "deliveries"};
  return names;
}

std::string_view fact_column(FactKind kind) {
  if (kind == FactKind::lead_time) return sim::lead_time_column;
  if (kind == FactKind::deliveries) return sim::deliveries_column;
  return sim::price_columns[static_cast<std::size_t>(kind)];
}

std::span<const std::string> fact_statistic_names() {
  static const std::array<std::string, 4> names{"mean", "percent_change", "ratio", "sum"};
  return names;
}

std::span<const std::string> fact_unit_names() {
  static const std::array<std::string, 7> names{"card",           "server", "card-month", "server-month",
                                                "instance-month", "months", "GPUs"};
  return names;
}

}  // namespace chokepoint::analysis
