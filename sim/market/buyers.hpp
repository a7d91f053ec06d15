#pragma once

#include <optional>
#include <vector>

#include "models/market/compute_demand.hpp"
#include "models/market/phantom_orders.hpp"
#include "models/market/substitution.hpp"
#include "sim/market/dated_levels.hpp"
#include "sim/market/last_days.hpp"
#include "sim/market/market_agents.hpp"
#include "sim/market/supply.hpp"
#include "sim/market/whole_goods.hpp"

namespace chokepoint::sim {

/// A cohort of those who use compute, or let it to those who do. Each would hold k cost^-elasticity of it, where k
/// follows the revenue that it brings: at the cost of the start all together spend their share of revenue over the life
/// of a good. What is missing they buy on the spot over the horizon, and the largest order from the vendor too; what is
/// worn out goes.
class Buyers final : public MarketAgents {
 public:
  struct Setup {
    const BuyerCohort& cohort;
    const MarketSpec& market;
    MarketAccounts& accounts;
    Supply& supply;
    Eigen::Index first_holder = 0;
    /// Holder of goods that are worn out.
    Eigen::Index scrapped = 0;
    /// Takes what is lost on goods sold second hand.
    Eigen::Index brokers = 0;
    /// By product at the start; those that are not launched have none and are 0.
    Eigen::ArrayXd price;
    /// By product: what a good is worth at the start.
    Eigen::ArrayXd compute;
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
  };
  explicit Buyers(const Setup& setup);

  [[nodiscard]] std::string_view holder_kind() const override { return cohort_.lets ? "lessors" : "buyers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override;
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override;
  [[nodiscard]] bool uses_goods() const override { return true; }
  const models::ScarcityGroup* need(const MarketBoard& board) override;
  [[nodiscard]] double rent() const override { return rent_; }
  void quote(const MarketBoard& board, std::span<SpotBook> books) override;
  void order(const MarketBoard& board) override;

 private:
  /// What products cost on a day; a price is 0 where one is not to be had.
  struct DayCost {
    Eigen::ArrayXd price;
    models::ComputeMix mix;
    /// Compute that a unit of `spend_` holds at the mix's cost.
    double held_a_spend = 0.0;
  };
  [[nodiscard]] DayCost cost_of(const Eigen::ArrayXd& price) const;
  /// `rounding`, by buyer: from which part of a good on it starts with a whole one.
  void start(const Setup& setup, const Eigen::ArrayXd& rounding);
  void look_at_holdings();
  /// What tenants would take at the rent, over what is there, moves it.
  void post_rent();
  [[nodiscard]] double revenue_of(Eigen::Index i, std::int64_t day) const;
  [[nodiscard]] double pipeline_compute(Eigen::Index i) const;
  /// Asks for goods of who has more than it wants at what they bring; whether there are any.
  bool offer_excess(Eigen::Index i, const MarketBoard& board, std::span<SpotBook> books);
  /// What brokers get of the day's sales.
  void pay_brokers(const MarketBoard& board);
  void order_missing(Eigen::Index i, const MarketBoard& board, const DayCost& spot, const DayCost& orders);
  void cancel_excess(Eigen::Index i, double excess_compute);
  void wear_out(Eigen::Index i);

  [[nodiscard]] Eigen::Index holder(Eigen::Index i) const { return first_holder_ + i; }
  [[nodiscard]] bool direct(Eigen::Index i) const { return customer_[static_cast<std::size_t>(i)].has_value(); }

  BuyerCohort cohort_;
  /// Of all, by their own days.
  SteadyGrowth revenue_;
  models::ComputeDemand demand_;
  double sharpness_;
  /// Most that a product's compute is worth over that of the mix.
  double dearest_taste_;
  double horizon_days_;
  models::PhantomOrders phantom_;
  MarketAccounts& accounts_;
  Supply& supply_;
  Eigen::Index first_holder_;
  Eigen::Index scrapped_;
  Eigen::Index brokers_;
  Eigen::ArrayXd compute_;
  /// By buyer and product.
  WholeGoods bid_, ordered_, worn_;
  std::vector<std::optional<Eigen::Index>> customer_;
  std::vector<std::size_t> decision_days_;
  /// By buyer: share of the revenue of all, days by which it comes later, k, and compute held.
  Eigen::ArrayXd size_, lag_days_, spend_, held_;
  /// Of the compute that all hold, what is offered second hand.
  double excess_share_ = 0.0;
  /// Goods that were offered second hand today.
  struct Offer {
    Eigen::Index buyer = 0;
    Eigen::Index product = 0;
    std::int64_t goods_before = 0;
  };
  std::vector<Offer> offers_;
  double spend_a_revenue_ = 0.0;
  /// Of a price, what a good pays back in a year.
  double recovery_ = 0.0;
  /// A month of a unit of compute: to run it, and let; 0 where nothing is let.
  double running_cost_ = 0.0;
  double rent_ = 0.0;
  models::DemandCurve curve_;
  models::ScarcityGroup group_;
  LastDays<DayCost> seen_;
};

}  // namespace chokepoint::sim
