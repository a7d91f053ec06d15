#pragma once

#include <span>
#include <vector>

#include <Eigen/Core>

#include "models/market/scarcity_value.hpp"
#include "sim/market/market_board.hpp"
#include "sim/market/spot_book.hpp"

namespace chokepoint::sim {

/// A kind of agents in one region: a cohort of dealers, buyers or others. They see the board, hold goods in the
/// accounts, and order from the vendor that they were given when they were made. In the order of a day:
class MarketAgents {
 public:
  virtual ~MarketAgents() = default;

  /// The kind of holders under which the record counts their stock, one of stock_holders.
  [[nodiscard]] virtual std::string_view holder_kind() const = 0;
  /// Goods of a product that they hold.
  [[nodiscard]] virtual std::int64_t stock(Eigen::Index product) const = 0;
  /// Of these, what they would sell within the horizon.
  [[nodiscard]] virtual std::int64_t for_sale(Eigen::Index product) const = 0;
  /// Whether they run goods, and not deal in them alone.
  [[nodiscard]] virtual bool uses_goods() const { return false; }
  /// What they want over the horizon at any cost; null where they use no compute. Valid until the next call.
  virtual const models::ScarcityGroup* need(const MarketBoard& board) = 0;
  /// A month of a unit of compute, as they let it, after `need`; 0 for those who let none.
  [[nodiscard]] virtual double rent() const { return 0.0; }
  /// Bids and asks of the day, a book by product.
  virtual void quote(const MarketBoard& board, std::span<SpotBook> books) = 0;
  /// After the auction: orders on the vendor, cancellations, goods that are worn out.
  virtual void order(const MarketBoard& board) = 0;
};

}  // namespace chokepoint::sim
