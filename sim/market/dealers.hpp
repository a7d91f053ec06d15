#pragma once

#include <optional>
#include <vector>

#include "sim/market/market_agents.hpp"
#include "sim/market/order_up_to_dealers.hpp"
#include "sim/market/supply.hpp"
#include "sim/market/whole_goods.hpp"

namespace chokepoint::sim {

/// A cohort of dealers: they order toward a cover of their sales, or up to a level by their forecast, while the spot
/// price leaves them a margin, expect the price to go where goods are scarce, and show less of their stock the further
/// it lies under what they would take.
class Dealers final : public MarketAgents {
 public:
  struct Setup {
    const DealerCohort& cohort;
    MarketAccounts& accounts;
    Supply& supply;
    Eigen::Index first_holder = 0;
    /// Goods a day at the start, by product, of the whole cohort.
    Eigen::ArrayXd sales;
    /// By product, at the start.
    Eigen::ArrayXd price;
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
  };
  explicit Dealers(const Setup& setup);

  [[nodiscard]] std::string_view holder_kind() const override { return "dealers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override;
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard& board, std::span<SpotBook> books) override;
  void order(const MarketBoard& board) override;

 private:
  [[nodiscard]] Eigen::Index holder(Eigen::Index i) const { return first_holder_ + i; }
  /// Goods of a product that a dealer orders on its day of review.
  double wanted(Eigen::Index i, Eigen::Index product, const MarketBoard& board, double unserved);

  DealerCohort cohort_;
  MarketAccounts& accounts_;
  Supply& supply_;
  Eigen::Index first_holder_;
  std::vector<Eigen::Index> customer_;
  Eigen::ArrayXd optimism_;
  /// By optimism: about the order of their limits, which an auction sorts faster.
  std::vector<Eigen::Index> modest_first_;
  WholeGoods shown_, ordered_;
  /// By dealer and product: what it expects to get, sales a day, and stock before the auction.
  Eigen::ArrayXXd belief_, sales_;
  MarketCounts before_;
  /// Where the cohort orders by that rule.
  std::optional<OrderUpToDealers> up_to_;
};

}  // namespace chokepoint::sim
