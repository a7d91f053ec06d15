#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/market/allocation.hpp"
#include "sim/market/allocation_log.hpp"
#include "sim/market/contract_book.hpp"
#include "sim/market/foundry.hpp"
#include "sim/market/market_accounts.hpp"
#include "sim/market/market_board.hpp"
#include "sim/market/market_shocks.hpp"
#include "sim/market/market_spec.hpp"
#include "sim/market/order_tally.hpp"
#include "sim/market/price_list.hpp"

namespace chokepoint::sim {

/// Sells what the foundry makes at list prices: takes orders with a deposit, keeps the backlog, shares out what is
/// short, quotes lead times, asks the foundry for what it expects to sell, and refunds what may not be delivered.
class Vendor {
 public:
  /// Holders of a region that the vendor needs.
  struct RegionHolders {
    Eigen::Index cash = 0;
    Eigen::Index escrow = 0;
    Eigen::Index transit = 0;
    /// Takes duties.
    Eigen::Index state = 0;
    /// Makers of servers.
    Eigen::Index makers = 0;
  };
  /// Someone who may order.
  struct Customer {
    Eigen::Index holder = 0;
    std::size_t region = 0;
    double tier_weight = 1.0;
    /// Of the record.
    std::string cohort{};
    /// Buys through a maker of servers, at the contract price.
    bool by_contract = false;
  };

  struct Setup {
    const MarketSpec& market;
    /// Whose goods it sells, by the number that products give.
    std::size_t maker = 0;
    MarketAccounts& accounts;
    const MarketShocks& shocks;
    MarketFlows& flows;
    /// Holder of its finished goods.
    Eigen::Index stock = 0;
    std::vector<RegionHolders> regions;
    /// Whether allocations and closed contracts are kept for the record.
    bool keep_details = true;
  };
  explicit Vendor(Setup setup);

  /// Goods a day, by region and product, that were ordered and shipped before the first day.
  void begin_with(const Eigen::ArrayXXd& rates);
  /// Returns the number by which the customer orders.
  Eigen::Index admit(const Customer& customer);

  [[nodiscard]] std::int64_t ordered(Eigen::Index customer, Eigen::Index product) const {
    return ordered_(customer, product);
  }
  /// Ordered and on the way.
  [[nodiscard]] std::int64_t pipeline(Eigen::Index customer, Eigen::Index product) const {
    return ordered_(customer, product) + in_transit_(customer, product);
  }
  [[nodiscard]] std::int64_t backlog(MarketLane lane) const {
    return backlog_(static_cast<Eigen::Index>(lane.region), static_cast<Eigen::Index>(lane.product));
  }
  [[nodiscard]] bool on_sale(MarketLane lane, std::int64_t day) const;
  [[nodiscard]] double lead_days(MarketLane lane) const;
  [[nodiscard]] PriceList& prices() { return prices_; }
  [[nodiscard]] const PriceList& prices() const { return prices_; }
  /// Goods a day that come into a region, averaged, or what is in work for it where that is more.
  [[nodiscard]] double arrival_rate(MarketLane lane) const;

  [[nodiscard]] const Customer& who(Eigen::Index customer) const {
    return customers_[static_cast<std::size_t>(customer)];
  }
  [[nodiscard]] const ContractBook& contracts() const { return contracts_; }
  [[nodiscard]] const OrderTally& tally() const { return tally_; }

  /// Of the day, in the order of products.
  [[nodiscard]] const std::vector<Allocation>& allocations() const { return allocations_.rows(); }

  void order(Eigen::Index customer, Eigen::Index product, std::int64_t quantity);
  /// At most what is ordered and not shipped; the rest of the deposit is lost.
  void cancel(Eigen::Index customer, Eigen::Index product, std::int64_t quantity);

  /// In the order of a day: refunds what became illegal, takes finished goods, ships, hands over what arrives.
  void open_day(std::int64_t day, Foundry& foundry);
  /// After the day's orders: what the foundry is to start.
  void ask(std::int64_t day, Foundry& foundry);

 private:
  struct Shipment {
    Eigen::Index customer = 0;
    Eigen::Index product = 0;
    std::int64_t quantity = 0;
    std::int64_t deposit = 0;
  };

  [[nodiscard]] bool sells(std::size_t product) const { return spec_.products[product].maker == maker_; }
  /// What is in work and in stock for regions that a rule has come to bar becomes the variant that answers it.
  void bring_variants(std::int64_t day, Foundry& foundry);
  void refund_stopped(std::int64_t day);
  /// A share of a deposit; the vendor keeps the rest.
  void give_back(const Shipment& of, double share);
  /// Goods that a rule, or the end of a product, keeps from who ordered them.
  void leave_undelivered(const Shipment& goods, double share);
  /// The part of a deposit that goes with `quantity` of the goods ordered; taken out of it.
  std::int64_t take_deposit(Eigen::Index customer, Eigen::Index product, std::int64_t quantity);
  void send(Eigen::Index customer, Eigen::Index product, std::int64_t quantity, std::int64_t day);
  /// Against that of other products; it grows while making it is learnt.
  [[nodiscard]] double claim_on_foundry(std::size_t product, std::int64_t day) const;
  [[nodiscard]] double expected_order_rate(MarketLane lane, std::int64_t day) const;
  void ship(std::int64_t day);
  void arrive(std::int64_t day);
  [[nodiscard]] std::vector<Shipment>& arriving_on(std::int64_t day) {
    return shipments_[static_cast<std::size_t>(day) % shipments_.size()];
  }
  /// Of an order to what is short, against that of others.
  [[nodiscard]] double claim(Eigen::Index customer, std::int64_t order) const;
  /// What each of those who wait gets.
  [[nodiscard]] std::span<const std::int64_t> shares_of(std::int64_t goods);
  void hand_over(const Shipment& shipment);

  const MarketSpec& spec_;
  std::size_t maker_;
  const VendorSpec& terms_;
  std::int64_t cycle_days_;
  MarketAccounts& accounts_;
  const MarketShocks& shocks_;
  MarketFlows& flows_;
  Eigen::Index stock_;
  std::vector<RegionHolders> regions_;
  std::vector<Customer> customers_;
  /// By customer and product.
  MarketCounts ordered_, deposits_, in_transit_;
  /// By region and product.
  MarketCounts backlog_;
  /// Share that rules let through today.
  Eigen::ArrayXXd legal_;
  PriceList prices_;
  std::int64_t today_ = 0;
  ContractBook contracts_;
  OrderTally tally_;
  bool keep_details_;
  AllocationLog allocations_;
  /// By the day of their arrival, days that follow one another in a ring.
  std::vector<std::vector<Shipment>> shipments_;
  /// Those who wait for a product, what they ordered and claim: of `ship`, kept for their memory.
  std::vector<Eigen::Index> waiting_;
  std::vector<std::int64_t> orders_;
  std::vector<double> claims_;
  models::AllocationByClaims allocate_;
  std::vector<std::int64_t> linear_;
  /// By region and product, goods a day: averages of what is ordered and shipped, and what is in work over its cycle.
  Eigen::ArrayXXd order_rate_, ship_rate_, in_work_rate_;
};

}  // namespace chokepoint::sim
