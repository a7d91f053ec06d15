#pragma once

#include <vector>

#include <Eigen/Core>

#include "models/market/call_auction.hpp"
#include "sim/market/market_accounts.hpp"

namespace chokepoint::sim {

/// The day's orders of one product in one region, and their auction.
class SpotBook {
 public:
  void bid(Eigen::Index holder, models::AuctionOrder order) {
    if (order.quantity == 0) return;
    bids_.push_back(order);
    buyers_.push_back(holder);
  }
  /// The holder has the goods.
  void ask(Eigen::Index holder, models::AuctionOrder order) {
    if (order.quantity == 0) return;
    asks_.push_back(order);
    sellers_.push_back(holder);
  }

  struct Day {
    /// Price of what traded, in whole ten-thousandths; else what the day told of the price.
    double price = 0.0;
    std::int64_t volume = 0;
    /// Goods that were bid for.
    std::int64_t bid = 0;
    /// Mean limit of what was offered; 0 where nothing was.
    double asked = 0.0;
  };
  /// Trades, moves goods and money by way of `clearing`, and forgets the orders.
  Day settle(MarketAccounts& accounts, Eigen::Index clearing, Eigen::Index product, double last_price);

 private:
  std::vector<models::AuctionOrder> bids_, asks_;
  std::vector<Eigen::Index> buyers_, sellers_;
  models::CallAuction auction_;
};

}  // namespace chokepoint::sim
