#pragma once

#include <cstdint>

#include <Eigen/Core>

#include "models/quantity/money.hpp"
#include "sim/market/market_accounts.hpp"

namespace chokepoint::sim {

/// What became of all that a vendor's customers ordered, from the start on, by customer and product. Of each, what is
/// ordered is what is delivered, kept back, cancelled and undelivered, and what is still on order or on its way.
struct OrderTally {
  explicit OrderTally(Eigen::Index products);

  /// Goods; `kept_back` by makers of servers, `undelivered` for a rule or the end of a product.
  MarketCounts ordered, delivered, kept_back, cancelled, undelivered;
  /// Ten-thousandths of the customer's money: what is undelivered at the list price of the day on which that became
  /// certain, and the deposits that were paid on it; and of all deposits, what did not come back to those who paid
  /// them.
  MarketCounts undelivered_value, undelivered_deposits, deposits_lost;

  /// One more customer.
  void admit();

  struct Undelivered {
    std::int64_t goods = 0;
    /// Of one.
    models::Money price;
    std::int64_t deposit = 0;
  };
  void leave_undelivered(Eigen::Index customer, Eigen::Index product, const Undelivered& of);
};

}  // namespace chokepoint::sim
