#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/market/market_agents.hpp"
#include "sim/market/market_shocks.hpp"
#include "sim/market/small_market.hpp"
#include "sim/market/supply.hpp"

namespace chokepoint::tests {

/// One product in one region, whose agents a test brings: accounts, a spot book, and a vendor with goods for ever who
/// lists them at 100. Its days go as those of Market, but that the test says what the scarcity value is.
class TradingFloor {
 public:
  explicit TradingFloor(std::int64_t transit_days)
      : spec_(spec_with(transit_days)),
        shocks_(spec_, {}),
        accounts_(1),
        first_(accounts_.open(7, yuan())),
        supply_({.market = spec_,
                 .accounts = accounts_,
                 .shocks = shocks_,
                 .flows = flows,
                 .stock = first_,
                 .regions = {{.cash = first_ + 1,
                              .escrow = first_ + 2,
                              .transit = first_ + 3,
                              .state = first_ + 4,
                              .makers = first_ + 5}}}) {
    accounts_.make(first_, 0, 10'000'000'000);
    board.list = board.landed = Eigen::ArrayXd::Constant(1, 100.0);
    board.spot = board.scarcity = Eigen::ArrayXd::Constant(1, 110.0);
    board.on_sale = board.launched = Eigen::ArrayXd::Ones(1);
    board.bid_rate = board.trade_rate = board.lead_days = Eigen::ArrayXd::Zero(1);
  }

  sim::MarketAccounts& accounts() { return accounts_; }
  sim::Supply& supply() { return supply_; }
  Eigen::Index open_holder() { return accounts_.open(1, yuan()); }

  /// Returns what the auction told.
  sim::SpotBook::Day day(std::span<sim::MarketAgents* const> agents) {
    constexpr double memory_days = 30.0;
    flows.clear();
    supply_.open_day(board.day);
    board.lead_days[0] = supply_.of(0).lead_days({0, 0});
    for (sim::MarketAgents* agent : agents) agent->quote(board, books_);
    const auto auction = books_[0].settle(accounts_, first_ + 6, 0, board.spot[0]);
    board.spot[0] = auction.price;
    board.bid_rate[0] += (static_cast<double>(auction.bid) - board.bid_rate[0]) / memory_days;
    board.trade_rate[0] += (static_cast<double>(auction.volume) - board.trade_rate[0]) / memory_days;
    for (sim::MarketAgents* agent : agents) agent->order(board);
    supply_.ask(board.day++);
    return auction;
  }

  sim::MarketBoard board;
  sim::MarketFlows flows{1, 1};

 private:
  static models::Currency yuan() { return *models::find_currency("CNY"); }
  static sim::MarketSpec spec_with(std::int64_t transit_days) {
    sim::MarketSpec spec = small_market();
    spec.products.resize(1);
    spec.products[0].list_price = {models::Money::from_units(100.0)};
    spec.vendor.transit_days = transit_days;
    return spec;
  }

  sim::MarketSpec spec_;
  sim::MarketShocks shocks_;
  sim::MarketAccounts accounts_;
  Eigen::Index first_;
  sim::Supply supply_;
  std::vector<sim::SpotBook> books_{1};
};

/// Someone who bids on the spot, each day as the test says, and keeps what it gets.
class Customer final : public sim::MarketAgents {
 public:
  using Bid = std::function<models::AuctionOrder(std::int64_t day)>;
  Customer(TradingFloor& floor, Bid bid)
      : accounts_(floor.accounts()), holder_(floor.open_holder()), bid_(std::move(bid)) {}

  [[nodiscard]] std::string_view holder_kind() const override { return "buyers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override { return accounts_.goods(holder_, product); }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index) const override { return 0; }
  const models::ScarcityGroup* need(const sim::MarketBoard&) override { return nullptr; }
  void quote(const sim::MarketBoard& board, std::span<sim::SpotBook> books) override {
    books[0].bid(holder_, bid_(board.day));
  }
  void order(const sim::MarketBoard&) override {}

 private:
  sim::MarketAccounts& accounts_;
  Eigen::Index holder_;
  Bid bid_;
};

}  // namespace chokepoint::tests
