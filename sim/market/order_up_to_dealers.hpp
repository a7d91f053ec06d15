#pragma once

#include <vector>

#include <Eigen/Core>

#include "models/market/order_rule.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// What the dealers of a cohort that orders up to a level have seen asked of them, and what they want by it: the
/// forecast over the lead time, the time to the next review and their cover, and the safety stock.
class OrderUpToDealers {
 public:
  /// `sales` a day at the start, by dealer and product.
  OrderUpToDealers(const DealerCohort& cohort, const OrderUpToTerms& terms, const Eigen::ArrayXXd& sales);

  /// Every day: goods asked of each, by dealer and product.
  void see(const Eigen::ArrayXXd& demand) { demand_ += demand; }
  /// What a dealer on its day of review orders of a product for which the vendor quotes `lead_days`. Negative where it
  /// has more than its level.
  double review(Eigen::Index dealer, Eigen::Index product, const models::StockPosition& position, double lead_days);

 private:
  double review_days_, cover_days_, safety_stock_;
  /// By dealer and product: since its last review.
  Eigen::ArrayXXd demand_;
  /// A dealer's products in a row.
  std::vector<models::OrderUpTo> rules_;
};

}  // namespace chokepoint::sim
