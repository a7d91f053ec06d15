#pragma once

#include <cstdint>

#include "sim/market/market.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::sim {

/// Keeps what a market did, a row a day, region and product once that is launched, in money of the region; from
/// `first_day` on.
class MarketTable {
 public:
  MarketTable(const MarketSpec& spec, std::int64_t first_day);

  void record(const Market& market);
  /// The table "market"; empties this one.
  Table take();

 private:
  const MarketSpec& spec_;
  std::int64_t first_day_;
  TextColumn date_, region_, product_, form_, currency_;
  std::vector<Column> numbers_;
};

/// Key figures of a market's table: of each region and product the prices it began and ended with, what was delivered
/// and what is on order in the end.
std::vector<Figure> market_figures(const MarketSpec& spec, const Table& market);

}  // namespace chokepoint::sim
