#include "sim/market/vendor.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"
#include "models/market/allocation.hpp"

namespace chokepoint::sim {

Vendor::Vendor(const MarketSpec& spec, MarketAccounts& accounts, const TradeRules& rules, MarketFlows& flows,
               Eigen::Index stock, std::vector<RegionHolders> regions)
    : spec_(spec), accounts_(accounts), rules_(rules), flows_(flows), stock_(stock), regions_(std::move(regions)) {
  const auto places = static_cast<Eigen::Index>(regions_.size());
  for (auto* counts : {&ordered_, &deposits_, &in_transit_}) counts->setZero(0, accounts.products());
  for (auto* rates : {&order_rate_, &ship_rate_, &in_work_share_}) rates->setZero(places, accounts.products());
}

void Vendor::begin_with(const Eigen::ArrayXXd& rates) {
  order_rate_ = rates;
  ship_rate_ = rates;
}

Eigen::Index Vendor::admit(const Customer& customer) {
  customers_.push_back(customer);
  const auto count = static_cast<Eigen::Index>(customers_.size());
  for (auto* counts : {&ordered_, &deposits_, &in_transit_}) {
    counts->conservativeResize(count, Eigen::NoChange);
    counts->row(count - 1).setZero();
  }
  return count - 1;
}

std::int64_t Vendor::backlog(std::size_t region, Eigen::Index product) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < customers_.size(); ++i)
    if (customers_[i].region == region) sum += ordered_(static_cast<Eigen::Index>(i), product);
  return sum;
}

bool Vendor::on_sale(TradeRules::Lane lane, std::int64_t day) const {
  const MarketProduct& product = spec_.products[lane.product];
  return product.list_price[lane.region] && day >= product.launch_day && (!product.end_day || day < *product.end_day) &&
         rules_.legal(lane, day) && rules_.legal_after(lane, day, lead_days(lane));
}

double Vendor::lead_days(TradeRules::Lane lane) const {
  const auto k = static_cast<Eigen::Index>(lane.product);
  const auto transit = static_cast<double>(spec_.vendor.transit_days);
  const double waiting = static_cast<double>(backlog(lane.region, k)) - static_cast<double>(accounts_.goods(stock_, k));
  if (waiting <= 0.0) return transit;
  // Goods that are ordered and not yet seen to flow come a cycle from now.
  const double rate = arrival_rate(lane);
  const auto cycle = static_cast<double>(spec_.foundry.cycle_days);
  return transit + (rate > 0.0 ? std::min(waiting / rate, 10.0 * 365.0) : cycle);
}

double Vendor::arrival_rate(TradeRules::Lane lane) const {
  const auto r = static_cast<Eigen::Index>(lane.region);
  const auto k = static_cast<Eigen::Index>(lane.product);
  return std::max(ship_rate_(r, k), in_work_share_(r, k));
}

void Vendor::order(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  models::expects(quantity >= 0, "orders are not negative");
  const Customer& by = who(customer);
  const RegionHolders& region = regions_[by.region];
  const models::Money deposit =
      models::Money::from_units(list(by, product).units() * spec_.vendor.deposit_share * static_cast<double>(quantity));
  accounts_.pay(by.holder, region.escrow, deposit);
  deposits_(customer, product) += deposit.ten_thousandths;
  ordered_(customer, product) += quantity;
  flows_.orders(static_cast<Eigen::Index>(by.region), product) += static_cast<double>(quantity);
}

void Vendor::cancel(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  std::int64_t& open = ordered_(customer, product);
  models::expects(quantity >= 0 && quantity <= open, "what is cancelled was ordered");
  if (quantity == 0) return;
  const Customer& by = who(customer);
  const RegionHolders& region = regions_[by.region];
  std::int64_t& deposits = deposits_(customer, product);
  const auto part = quantity == open
                        ? deposits
                        : static_cast<std::int64_t>(static_cast<double>(deposits) *
                                                    (static_cast<double>(quantity) / static_cast<double>(open)));
  const auto lost = static_cast<std::int64_t>(spec_.vendor.forfeited_share * static_cast<double>(part));
  accounts_.pay(region.escrow, region.cash, {lost});
  accounts_.pay(region.escrow, by.holder, {part - lost});
  deposits -= part;
  open -= quantity;
  flows_.cancellations(static_cast<Eigen::Index>(by.region), product) += static_cast<double>(quantity);
}

void Vendor::refund_illegal(std::int64_t day) {
  for (std::size_t i = 0; i < customers_.size(); ++i)
    for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
      const auto customer = static_cast<Eigen::Index>(i);
      const std::size_t region = customers_[i].region;
      if (ordered_(customer, k) == 0) continue;
      const MarketProduct& product = spec_.products[static_cast<std::size_t>(k)];
      const bool made = !product.end_day || day < *product.end_day + spec_.foundry.cycle_days + 1;
      if (made && rules_.legal({.product = static_cast<std::size_t>(k), .region = region}, day)) continue;
      flows_.undelivered(static_cast<Eigen::Index>(region), k) += static_cast<double>(ordered_(customer, k));
      accounts_.pay(regions_[region].escrow, customers_[i].holder, {deposits_(customer, k)});
      deposits_(customer, k) = 0;
      ordered_(customer, k) = 0;
    }
}

std::vector<std::int64_t> Vendor::allocate(std::int64_t goods, std::span<const std::int64_t> orders,
                                           std::span<const double> weights) const {
  switch (spec_.vendor.allocation) {
    case AllocationRule::proportional:
      return models::allocate_proportionally(goods, orders);
    case AllocationRule::linear:
      return models::allocate_linearly(goods, orders);
    case AllocationRule::uniform:
      return models::allocate_uniformly(goods, orders);
    case AllocationRule::tiers:
      break;
  }
  std::vector<double> claims(orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) claims[i] = weights[i] * static_cast<double>(orders[i]);
  return models::allocate_by_claims(goods, orders, claims);
}

void Vendor::ship(std::int64_t day) {
  const double keep = 1.0 / spec_.vendor.memory_days;
  for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
    std::vector<Eigen::Index> by;
    std::vector<std::int64_t> orders;
    std::vector<double> weights;
    for (Eigen::Index i = 0; i < ordered_.rows(); ++i) {
      const TradeRules::Lane lane{.product = static_cast<std::size_t>(k), .region = who(i).region};
      // What would be stopped on the way is not sent.
      if (ordered_(i, k) == 0 || !rules_.legal_after(lane, day, static_cast<double>(spec_.vendor.transit_days)))
        continue;
      by.push_back(i);
      orders.push_back(ordered_(i, k));
      weights.push_back(who(i).tier_weight);
    }
    ship_rate_.col(k) *= 1.0 - keep;
    const std::int64_t goods = accounts_.goods(stock_, k);
    if (goods == 0 || by.empty()) continue;
    const auto given = allocate(goods, orders, weights);
    for (std::size_t n = 0; n < by.size(); ++n) {
      if (given[n] == 0) continue;
      const Eigen::Index i = by[n];
      const std::size_t region = who(i).region;
      std::int64_t& deposits = deposits_(i, k);
      const auto deposit =
          given[n] == orders[n]
              ? deposits
              : static_cast<std::int64_t>(static_cast<double>(deposits) *
                                          (static_cast<double>(given[n]) / static_cast<double>(orders[n])));
      deposits -= deposit;
      ordered_(i, k) -= given[n];
      in_transit_(i, k) += given[n];
      accounts_.move(stock_, regions_[region].transit, k, given[n]);
      shipments_.push_back({.customer = i,
                            .product = k,
                            .quantity = given[n],
                            .deposit = deposit,
                            .day = day + spec_.vendor.transit_days});
      ship_rate_(static_cast<Eigen::Index>(region), k) += keep * static_cast<double>(given[n]);
    }
  }
}

void Vendor::arrive(std::int64_t day) {
  while (!shipments_.empty() && shipments_.front().day <= day) {
    const Shipment shipment = shipments_.front();
    shipments_.pop_front();
    const Customer& to = who(shipment.customer);
    const RegionHolders& region = regions_[to.region];
    const auto r = static_cast<Eigen::Index>(to.region);
    in_transit_(shipment.customer, shipment.product) -= shipment.quantity;
    if (!rules_.legal({.product = static_cast<std::size_t>(shipment.product), .region = to.region}, day)) {
      // A day late at customs: back it goes, and the deposit too.
      accounts_.move(region.transit, stock_, shipment.product, shipment.quantity);
      accounts_.pay(region.escrow, to.holder, {shipment.deposit});
      flows_.undelivered(r, shipment.product) += static_cast<double>(shipment.quantity);
      continue;
    }
    const std::int64_t price = list(to, shipment.product).ten_thousandths * shipment.quantity;
    accounts_.move(region.transit, to.holder, shipment.product, shipment.quantity);
    accounts_.pay(region.escrow, region.cash, {shipment.deposit});
    accounts_.pay(to.holder, region.cash, {price - shipment.deposit});
    flows_.deliveries(r, shipment.product) += static_cast<double>(shipment.quantity);
  }
}

void Vendor::open_day(std::int64_t day, Foundry& foundry) {
  refund_illegal(day);
  const auto finished = foundry.finish(day);
  for (std::size_t k = 0; k < finished.size(); ++k) accounts_.make(stock_, static_cast<Eigen::Index>(k), finished[k]);
  ship(day);
  arrive(day);
}

void Vendor::ask(std::int64_t day, Foundry& foundry) {
  const double keep = 1.0 / spec_.vendor.memory_days;
  const auto cycle = static_cast<double>(spec_.foundry.cycle_days);
  order_rate_ += keep * (flows_.orders - flows_.cancellations - order_rate_);
  std::vector<std::int64_t> asked(spec_.products.size(), 0);
  std::vector<double> claims;
  for (std::size_t p = 0; p < spec_.products.size(); ++p) {
    const MarketProduct& product = spec_.products[p];
    const auto k = static_cast<Eigen::Index>(p);
    claims.push_back(product.mix);
    double waiting = 0.0;
    double rate = 0.0;
    Eigen::ArrayXd by_region = Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(regions_.size()));
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      const auto region = static_cast<Eigen::Index>(r);
      if (!rules_.legal_after({.product = p, .region = r}, day, cycle)) continue;
      const auto open = static_cast<double>(backlog(r, k));
      waiting += open;
      rate += std::max(0.0, order_rate_(region, k));
      by_region[region] = open + std::max(0.0, order_rate_(region, k));
    }
    const auto in_work = static_cast<double>(foundry.in_work(p));
    const double total = by_region.sum();
    if (total > 0.0) {
      in_work_share_.col(k) = by_region / total * in_work / cycle;
    } else {
      in_work_share_.col(k).setZero();
    }
    const bool makes = static_cast<double>(day) + cycle >= static_cast<double>(product.launch_day) &&
                       (!product.end_day || day < *product.end_day);
    if (!makes) continue;
    const double wanted =
        waiting + rate * (cycle + spec_.vendor.cover_days) - static_cast<double>(accounts_.goods(stock_, k)) - in_work;
    asked[p] = std::max<std::int64_t>(0, std::llround(wanted));
  }
  foundry.start(day, asked, claims);
}

}  // namespace chokepoint::sim
