#pragma once

#include <deque>
#include <vector>

#include "sim/market/foundry.hpp"
#include "sim/market/vendor.hpp"

namespace chokepoint::sim {

/// All makers of a market: a foundry and a vendor each, of whom every product has one. Customers have one number with
/// all vendors.
class Supply {
 public:
  struct Setup {
    const MarketSpec& market;
    MarketAccounts& accounts;
    const MarketShocks& shocks;
    MarketFlows& flows;
    /// Holder of all finished goods.
    Eigen::Index stock = 0;
    std::vector<Vendor::RegionHolders> regions;
    bool keep_details = true;
  };
  explicit Supply(const Setup& setup);

  /// Goods a day, by region and product, that were made, ordered and shipped before the first day.
  void begin_with(const Eigen::ArrayXXd& rates);
  Eigen::Index admit(const Vendor::Customer& customer);

  [[nodiscard]] Vendor& of(Eigen::Index product) { return makers_[maker_of(product)].vendor; }
  [[nodiscard]] const Vendor& of(Eigen::Index product) const { return makers_[maker_of(product)].vendor; }
  [[nodiscard]] const Foundry& foundry_of(Eigen::Index product) const { return makers_[maker_of(product)].foundry; }

  [[nodiscard]] std::size_t makers() const { return makers_.size(); }
  [[nodiscard]] const Vendor& vendor(std::size_t maker) const { return makers_[maker].vendor; }

  void open_day(std::int64_t day);
  void ask(std::int64_t day);

 private:
  struct Maker {
    Foundry foundry;
    Vendor vendor;
  };
  [[nodiscard]] std::size_t maker_of(Eigen::Index product) const {
    return spec_.products[static_cast<std::size_t>(product)].maker;
  }

  const MarketSpec& spec_;
  std::deque<Maker> makers_;
};

}  // namespace chokepoint::sim
