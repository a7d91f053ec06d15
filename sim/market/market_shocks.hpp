#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "sim/market/legal_share.hpp"
#include "sim/market/market_spec.hpp"
#include "sim/market/shock_course.hpp"

namespace chokepoint::sim {

/// The shocks of a run as a market meets them: its products and regions by number, its days from the start on. What
/// scales something is a multiple of what it would be without shocks, 1 where there are none.
class MarketShocks {
 public:
  /// `courses` are those of the spec's shocks; without any nothing happens.
  MarketShocks(const MarketSpec& spec, std::vector<ShockCourse> courses);

  /// The share of a lane that may be delivered on `day`; exactly 0 under a ban.
  [[nodiscard]] double legal(MarketLane lane, std::int64_t day) const;
  /// The share that may be delivered `days` after `today`, as is believed today.
  [[nodiscard]] double legal_after(MarketLane lane, std::int64_t today, double days) const;
  /// The mean of that over the days to come.
  [[nodiscard]] double legal_share(MarketLane lane, std::int64_t today, double days) const;
  /// Of what was paid for goods that a rule in force on `day` stops, the share that comes back.
  [[nodiscard]] double refund_share(MarketLane lane, std::int64_t day) const;

  [[nodiscard]] double foundry_capacity(std::size_t maker, std::int64_t day) const;
  /// Of a region's buyers: what compute brings, the budgets for it and the power to run it, in one.
  [[nodiscard]] double demand(std::size_t region, std::int64_t day) const;
  /// Of the vendor's price in the region's currency, and the duty on top of it as a share.
  [[nodiscard]] double list_price(MarketLane lane, std::int64_t day) const;
  [[nodiscard]] double duty(MarketLane lane, std::int64_t day) const;

  /// Units of one region's currency for one of the other's.
  [[nodiscard]] double exchange_rate(std::size_t of, std::size_t in, std::int64_t day) const;

  /// The first day on which a product is on sale: that of the shock which launches it, if one does. `never` if that
  /// shock does not come.
  [[nodiscard]] std::int64_t launch_day(std::size_t product) const { return launch_days_[product]; }
  /// The first day on which its maker knows that it will be: of a variant that of the rule it answers.
  [[nodiscard]] std::int64_t known_day(std::size_t product) const { return known_days_[product]; }
  static constexpr std::int64_t never = 1'000'000'000;

 private:
  /// A product on its way into a region, with the shocks that bar it and the rumours about them.
  struct Flow {
    GoodsFlow goods;
    std::vector<ShockCourse> bars;
  };

  [[nodiscard]] std::chrono::local_days date(std::int64_t day) const {
    return first_day_ + std::chrono::days(static_cast<int>(day));
  }
  [[nodiscard]] const Flow& flow(MarketLane lane) const { return flows_[lane.region * products_ + lane.product]; }
  [[nodiscard]] double currency_worth(const models::Currency& currency, std::int64_t day) const;
  void find_launches(const MarketSpec& spec);

  std::chrono::local_days first_day_;
  std::size_t products_;
  std::vector<ShockCourse> courses_;
  std::vector<Flow> flows_;
  std::vector<MarketRegion> regions_;
  models::ExchangeRates money_;
  /// By product: its maker, and the region that it comes from.
  std::vector<std::size_t> makers_;
  std::vector<std::optional<std::size_t>> homes_;
  std::vector<std::int64_t> launch_days_, known_days_;
};

}  // namespace chokepoint::sim
