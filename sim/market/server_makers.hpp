#pragma once

#include <cmath>

#include "sim/market/market_accounts.hpp"
#include "sim/market/market_agents.hpp"

namespace chokepoint::sim {

/// Makers of servers in a region, who sell on the spot what they kept back of contracts.
class ServerMakers final : public MarketAgents {
 public:
  ServerMakers(const MarketAccounts& accounts, Eigen::Index holder) : accounts_(accounts), holder_(holder) {}

  [[nodiscard]] std::string_view holder_kind() const override { return "makers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override { return accounts_.goods(holder_, product); }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard& board, std::span<SpotBook> books) override {
    // Assumed: within a week or two, and for a little less than the last price.
    constexpr double shown_a_day = 0.2;
    constexpr double discount = 0.05;
    for (Eigen::Index k = 0; k < board.spot.size(); ++k) {
      if (board.launched[k] == 0.0 || stock(k) == 0) continue;
      const auto shown = static_cast<std::int64_t>(std::ceil(shown_a_day * static_cast<double>(stock(k))));
      books[static_cast<std::size_t>(k)].ask(holder_, {.limit = (1.0 - discount) * board.spot[k], .quantity = shown});
    }
  }
  void order(const MarketBoard&) override {}

 private:
  const MarketAccounts& accounts_;
  Eigen::Index holder_;
};

}  // namespace chokepoint::sim
