#pragma once

#include <vector>

#include "sim/kernel/random_stream.hpp"
#include "sim/market/last_days.hpp"
#include "sim/market/market_accounts.hpp"
#include "sim/market/market_agents.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// A cohort of those who buy on the spot to sell there. Some expect the price to go where goods are scarce, some that
/// it goes on as it went; of the two rules the one that foretold the past month better has more followers (Brock &
/// Hommes 1998). They buy with what capital is free while they expect more than their margin, and sell once they expect
/// less than today's price.
class Speculators final : public MarketAgents {
 public:
  struct Setup {
    const SpeculatorCohort& cohort;
    MarketAccounts& accounts;
    Eigen::Index first_holder = 0;
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
  };
  explicit Speculators(const Setup& setup);

  [[nodiscard]] std::string_view holder_kind() const override { return "speculators"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override;
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard& board, std::span<SpotBook> books) override;
  void order(const MarketBoard&) override {}

  /// Of their followers, those who expect the price to go on as it went.
  [[nodiscard]] double trend_share() const { return trend_share_; }

 private:
  struct Forecast {
    Eigen::ArrayXd scarcity, trend;
  };
  /// Forecasts for a month from today; and what those of a month ago were worth.
  void foretell(const MarketBoard& board);
  [[nodiscard]] double free_capital(Eigen::Index i) const;

  SpeculatorCohort cohort_;
  MarketAccounts& accounts_;
  Eigen::Index first_holder_;
  std::vector<RandomStream> chance_;
  Eigen::ArrayXd optimism_;
  static constexpr std::size_t forecast_days = 30;
  LastDays<Forecast> forecasts_{forecast_days};
  /// Mean squared errors of the two rules, as shares of the price.
  double scarcity_error_ = 0.0;
  double trend_error_ = 0.0;
  double trend_share_ = 0.5;
};

}  // namespace chokepoint::sim
