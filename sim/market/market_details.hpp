#pragma once

#include <cstdint>

#include "sim/market/market.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::sim {

/// Keeps what stands behind a market's rows: the table "allocations" (allocations.csv), what each cohort had on order
/// of a product in the morning of a day on which something was shipped, and what it got; and the table "contracts"
/// (contracts.csv), what makers of servers agreed with buyers and what became of it. In GPUs; from `first_day` on.
class MarketDetails {
 public:
  MarketDetails(const MarketSpec& spec, std::int64_t first_day) : spec_(spec), first_day_(first_day) {}

  void record(const Market& market);
  /// Empties this one.
  Table take_allocations();
  /// Of all contracts signed from the first day on, in the order of makers and of signing.
  [[nodiscard]] Table contracts(const Market& market) const;

 private:
  const MarketSpec& spec_;
  std::int64_t first_day_;
  TextColumn date_, region_, product_, form_, cohort_;
  std::vector<double> ordered_, shipped_;
};

}  // namespace chokepoint::sim
