#pragma once

#include <cstdint>

#include <Eigen/Core>

#include "models/quantity/money.hpp"
#include "sim/market/market_shocks.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// What a vendor's goods cost by region: list price, duty, and the price of contracts, which follows the spot.
class PriceList {
 public:
  PriceList(const MarketSpec& market, std::size_t maker, const MarketShocks& shocks);

  void open_day(std::int64_t day);
  /// After an auction.
  void see_spot(MarketLane lane, double price);

  /// Of a good, in the region's currency and without duty; 0 where it is not sold.
  [[nodiscard]] models::Money list(MarketLane lane) const {
    return {list_(static_cast<Eigen::Index>(lane.region), static_cast<Eigen::Index>(lane.product))};
  }
  /// On top of the list price, as a share of it.
  [[nodiscard]] double duty(MarketLane lane) const { return at(duty_, lane); }
  /// What a good costs under contract, without duty.
  [[nodiscard]] models::Money contract(MarketLane lane) const;
  [[nodiscard]] double spot(MarketLane lane) const { return at(spot_, lane); }

 private:
  static double at(const Eigen::ArrayXXd& values, MarketLane lane) {
    return values(static_cast<Eigen::Index>(lane.region), static_cast<Eigen::Index>(lane.product));
  }
  void review();

  const MarketSpec& spec_;
  std::size_t maker_;
  const VendorSpec& terms_;
  const MarketShocks& shocks_;
  /// By region and product: ten-thousandths of money.
  Eigen::Array<std::int64_t, Eigen::Dynamic, Eigen::Dynamic> list_;
  /// List prices over the first ones as reviews left them, duties, spot prices and their averages.
  Eigen::ArrayXXd level_, duty_, spot_, mean_spot_;
};

}  // namespace chokepoint::sim
