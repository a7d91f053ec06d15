#pragma once

#include <array>
#include <cstdint>

#include <Eigen/Core>

#include "sim/market/last_days.hpp"

namespace chokepoint::sim {

/// Of the list price: nothing is weighed at less, or sold second hand.
inline constexpr double lowest_share_of_list = 0.02;

/// What everybody in a region can know on a day; arrays by product, money a good in the region's currency.
struct MarketBoard {
  std::int64_t day = 0;
  /// What shocks make of the compute that buyers would hold, as a multiple.
  double demand = 1.0;
  /// Last spot price, or what a day without trade told of it.
  Eigen::ArrayXd spot;
  Eigen::ArrayXd scarcity;
  /// The vendor's price, and the same with duty; 0 where it does not sell.
  Eigen::ArrayXd list, landed;
  /// What buyers pay for what they order, with duty.
  Eigen::ArrayXd contract;
  /// A month of a good, 0 where none is let.
  Eigen::ArrayXd rent;
  /// Quoted by the vendor for an order of today.
  Eigen::ArrayXd lead_days;
  /// 1 where the vendor takes orders today.
  Eigen::ArrayXd on_sale;
  /// 1 from the launch on.
  Eigen::ArrayXd launched;
  /// What a good is worth in units of compute: its own, less what moving to its ecosystem costs.
  Eigen::ArrayXd effective;
  /// Share of the horizon on which deliveries are legal as known today.
  Eigen::ArrayXd legal_share;
  /// Goods a day that are bid for and that trade, averaged over a month.
  Eigen::ArrayXd bid_rate, trade_rate;
  /// Spot prices that the mornings of a month began with, the last one today's.
  LastDays<Eigen::ArrayXd> history{30};
};

/// What happened in a day, by region and product.
struct MarketFlows {
  /// Of the spot: goods traded, the mean ask, and goods that importers of the grey channel sold; and imports that came.
  Eigen::ArrayXXd orders, deliveries, cancellations, undelivered, traded, asked, grey, imports;
  /// By makers of servers, of what arrived under contract.
  Eigen::ArrayXXd kept_back;

  MarketFlows(Eigen::Index regions, Eigen::Index products) {
    for (auto* flow : all()) *flow = Eigen::ArrayXXd::Zero(regions, products);
  }
  void clear() {
    for (auto* flow : all()) flow->setZero();
  }

 private:
  std::array<Eigen::ArrayXXd*, 9> all() {
    return {&orders, &deliveries, &cancellations, &undelivered, &traded, &asked, &grey, &imports, &kept_back};
  }
};

}  // namespace chokepoint::sim
