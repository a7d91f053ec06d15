#pragma once

#include <deque>
#include <memory>
#include <span>

#include "sim/market/market_accounts.hpp"
#include "sim/market/market_agents.hpp"
#include "sim/market/market_shocks.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// Importers: they buy on the spot of one region what another pays enough more for, with what capital is free, wait for
/// it, lose a part of it, and sell it there; parallel importers within the law, or a grey channel past it, which real
/// goods abroad feed alone.
class Importers {
 public:
  struct Setup {
    const ImporterCohort& cohort;
    MarketAccounts& accounts;
    const MarketShocks& shocks;
    MarketFlows& flows;
    /// Boards of the regions that they buy and sell in; they outlive the importers.
    const MarketBoard& from;
    const MarketBoard& to;
    /// Holders of the region they buy in: their purse and goods, goods on the way, and who changes their money.
    Eigen::Index buyer = 0;
    Eigen::Index transit = 0;
    Eigen::Index exchange_from = 0;
    /// And of their own: stock and purse, and who changes their money.
    Eigen::Index seller = 0;
    Eigen::Index exchange_to = 0;
    /// Of what is lost.
    Eigen::Index lost = 0;
  };
  explicit Importers(const Setup& setup);

  /// Whether goods of a product ever came.
  [[nodiscard]] bool brings(Eigen::Index product) const { return came_[product] > 0; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const { return setup_.accounts.goods(setup_.seller, product); }
  /// What the law turned back.
  [[nodiscard]] std::int64_t stock_abroad(Eigen::Index product) const {
    return setup_.accounts.goods(setup_.buyer, product);
  }

  /// In the region that they buy in: bids, and asks for what the law turned back; then what was bought leaves.
  void quote_abroad(std::span<SpotBook> books);
  void send();
  /// In their own: what arrives, asks for a part of the stock, and money changed for what was sold.
  void arrive(std::int64_t day);
  void quote_at_home(std::span<SpotBook> books);
  void take_home();

 private:
  struct Parcel {
    Eigen::Index product = 0;
    std::int64_t quantity = 0;
    std::int64_t day = 0;
  };
  /// Of their currency for one of that which they buy in.
  [[nodiscard]] double rate(std::int64_t day) const;
  [[nodiscard]] double price_at_home(Eigen::Index product) const;
  [[nodiscard]] double free_capital() const;
  [[nodiscard]] MarketLane lane(Eigen::Index product) const;

  Setup setup_;
  ImporterCohort cohort_;
  std::deque<Parcel> parcels_;
  /// Money of their own that a week brings to the market abroad for each product, and what of it is spent.
  double lot_ = 0.0;
  Eigen::ArrayXd spent_;
  Eigen::ArrayXd loss_carried_;
  /// By product: goods that ever came, and stocks before the auctions abroad and at home.
  Eigen::Array<std::int64_t, Eigen::Dynamic, 1> came_, before_abroad_, before_at_home_;
};

/// The importers as agents of the region that they buy in.
class ImportersAbroad final : public MarketAgents {
 public:
  explicit ImportersAbroad(std::shared_ptr<Importers> importers) : importers_(std::move(importers)) {}
  [[nodiscard]] std::string_view holder_kind() const override { return "importers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override { return importers_->stock_abroad(product); }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard&, std::span<SpotBook> books) override { importers_->quote_abroad(books); }
  void order(const MarketBoard&) override { importers_->send(); }

 private:
  std::shared_ptr<Importers> importers_;
};

/// And of their own.
class ImportersAtHome final : public MarketAgents {
 public:
  explicit ImportersAtHome(std::shared_ptr<Importers> importers) : importers_(std::move(importers)) {}
  [[nodiscard]] std::string_view holder_kind() const override { return "importers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override { return importers_->stock(product); }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard&, std::span<SpotBook> books) override { importers_->quote_at_home(books); }
  void order(const MarketBoard&) override { importers_->take_home(); }

 private:
  std::shared_ptr<Importers> importers_;
};

}  // namespace chokepoint::sim
