#include "sim/market/vendor.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/contract/expects.hpp"
#include "sim/market/dated_levels.hpp"

namespace chokepoint::sim {
namespace {

constexpr double longest_lead_days = 10.0 * 365.0;

Eigen::Index row_of(const MarketLane& lane) {
  return static_cast<Eigen::Index>(lane.region);
}

Eigen::Index column_of(const MarketLane& lane) {
  return static_cast<Eigen::Index>(lane.product);
}

}  // namespace

Vendor::Vendor(Setup setup)
    : spec_(setup.market),
      maker_(setup.maker),
      terms_(setup.market.vendor_of(setup.maker)),
      cycle_days_(setup.market.foundry_of(setup.maker).cycle_days),
      accounts_(setup.accounts),
      shocks_(setup.shocks),
      flows_(setup.flows),
      stock_(setup.stock),
      regions_(std::move(setup.regions)),
      prices_(setup.market, setup.maker, setup.shocks),
      contracts_(setup.accounts.products(), setup.keep_details),
      tally_(setup.accounts.products()),
      keep_details_(setup.keep_details),
      shipments_(static_cast<std::size_t>(terms_.transit_days) + 1) {
  const auto places = static_cast<Eigen::Index>(regions_.size());
  for (auto* counts : {&ordered_, &deposits_, &in_transit_}) counts->setZero(0, accounts_.products());
  backlog_.setZero(places, accounts_.products());
  for (auto* rates : {&order_rate_, &ship_rate_, &in_work_rate_}) rates->setZero(places, accounts_.products());
  legal_.setOnes(places, accounts_.products());
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
  tally_.admit();
  return count - 1;
}

bool Vendor::on_sale(MarketLane lane, std::int64_t day) const {
  const MarketProduct& product = spec_.products[lane.product];
  return sells(lane.product) && product.list_price[lane.region] && day >= shocks_.launch_day(lane.product) &&
         (!product.end_day || day < *product.end_day) && shocks_.legal(lane, day) > 0.0 &&
         shocks_.legal_after(lane, day, lead_days(lane)) > 0.0;
}

double Vendor::lead_days(MarketLane lane) const {
  const auto transit = static_cast<double>(terms_.transit_days);
  const double waiting = static_cast<double>(backlog(lane) - accounts_.goods(stock_, column_of(lane)));
  if (waiting <= 0.0) return transit;
  // Goods that are ordered and not yet seen to flow come a cycle from now.
  const double rate = arrival_rate(lane);
  return transit + (rate > 0.0 ? std::min(waiting / rate, longest_lead_days) : static_cast<double>(cycle_days_));
}

double Vendor::arrival_rate(MarketLane lane) const {
  return std::max(ship_rate_(row_of(lane), column_of(lane)), in_work_rate_(row_of(lane), column_of(lane)));
}

void Vendor::order(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  models::expects(quantity >= 0, "orders are not negative");
  const Customer& by = who(customer);
  const auto region = static_cast<Eigen::Index>(by.region);
  const MarketLane lane{.product = static_cast<std::size_t>(product), .region = by.region};
  const models::Money price = prices_.list(lane);
  const auto deposit = models::Money::from_units(price.units() * terms_.deposit_share * static_cast<double>(quantity));
  accounts_.pay(by.holder, regions_[by.region].escrow, deposit);
  deposits_(customer, product) += deposit.ten_thousandths;
  ordered_(customer, product) += quantity;
  tally_.ordered(customer, product) += quantity;
  backlog_(region, product) += quantity;
  flows_.orders(region, product) += static_cast<double>(quantity);
  if (!by.by_contract) return;
  contracts_.sign({.signed_day = today_,
                   .due_day = today_ + std::llround(lead_days(lane)),
                   .customer = customer,
                   .product = product,
                   .price = prices_.contract(lane),
                   .quantity = quantity});
}

std::int64_t Vendor::take_deposit(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  std::int64_t& deposit = deposits_(customer, product);
  const std::int64_t open = ordered_(customer, product);
  // All of it with the last goods; money is whole.
  const std::int64_t part =
      quantity == open ? deposit
                       : static_cast<std::int64_t>(static_cast<double>(deposit) *
                                                   (static_cast<double>(quantity) / static_cast<double>(open)));
  deposit -= part;
  ordered_(customer, product) -= quantity;
  backlog_(static_cast<Eigen::Index>(who(customer).region), product) -= quantity;
  return part;
}

void Vendor::cancel(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  models::expects(quantity >= 0 && quantity <= ordered_(customer, product), "what is cancelled was ordered");
  if (quantity == 0) return;
  const Customer& by = who(customer);
  const std::int64_t deposit = take_deposit(customer, product, quantity);
  give_back({.customer = customer, .product = product, .deposit = deposit}, 1.0 - terms_.forfeited_share);
  tally_.cancelled(customer, product) += quantity;
  flows_.cancellations(static_cast<Eigen::Index>(by.region), product) += static_cast<double>(quantity);
  if (by.by_contract) contracts_.cancel(customer, product, quantity);
}

void Vendor::give_back(const Shipment& of, double share) {
  const Customer& to = who(of.customer);
  const RegionHolders& region = regions_[to.region];
  const auto back = static_cast<std::int64_t>(share * static_cast<double>(of.deposit));
  accounts_.pay(region.escrow, to.holder, {back});
  accounts_.pay(region.escrow, region.cash, {of.deposit - back});
  tally_.deposits_lost(of.customer, of.product) += of.deposit - back;
}

void Vendor::leave_undelivered(const Shipment& goods, double share) {
  const Customer& to = who(goods.customer);
  const auto region = static_cast<Eigen::Index>(to.region);
  give_back(goods, share);
  tally_.leave_undelivered(
      goods.customer, goods.product,
      {.goods = goods.quantity,
       .price = prices_.list({.product = static_cast<std::size_t>(goods.product), .region = to.region}),
       .deposit = goods.deposit});
  flows_.undelivered(region, goods.product) += static_cast<double>(goods.quantity);
  if (to.by_contract) contracts_.leave_undelivered(goods.customer, goods.product, goods.quantity);
}

/// Orders of what may not be delivered, or is made no more.
void Vendor::refund_stopped(std::int64_t day) {
  for (std::size_t r = 0; r < regions_.size(); ++r)
    for (std::size_t p = 0; p < spec_.products.size(); ++p) {
      const MarketLane lane{.product = p, .region = r};
      if (backlog(lane) == 0) continue;
      const auto& end = spec_.products[p].end_day;
      const bool stopped = legal_(row_of(lane), column_of(lane)) == 0.0;
      if (!stopped && (!end || day <= *end + cycle_days_)) continue;
      const double share = stopped ? shocks_.refund_share(lane, day) : 1.0;
      const Eigen::Index k = column_of(lane);
      for (Eigen::Index i = 0; i < ordered_.rows(); ++i)
        if (const std::int64_t open = ordered_(i, k); open > 0 && who(i).region == r)
          leave_undelivered({.customer = i, .product = k, .quantity = open, .deposit = take_deposit(i, k, open)},
                            share);
    }
}

double Vendor::claim(Eigen::Index customer, std::int64_t order) const {
  switch (terms_.allocation) {
    case AllocationRule::uniform:
      return 1.0;
    case AllocationRule::tiers:
      return who(customer).tier_weight * static_cast<double>(order);
    case AllocationRule::proportional:
    case AllocationRule::linear:
      break;
  }
  return static_cast<double>(order);
}

std::span<const std::int64_t> Vendor::shares_of(std::int64_t goods) {
  if (terms_.allocation != AllocationRule::linear) return allocate_(goods, orders_, claims_);
  linear_ = models::allocate_linearly(goods, orders_);
  return linear_;
}

void Vendor::send(Eigen::Index customer, Eigen::Index product, std::int64_t quantity, std::int64_t day) {
  const std::size_t region = who(customer).region;
  const std::int64_t deposit = take_deposit(customer, product, quantity);
  in_transit_(customer, product) += quantity;
  accounts_.move(stock_, regions_[region].transit, product, quantity);
  arriving_on(day + terms_.transit_days)
      .push_back({.customer = customer, .product = product, .quantity = quantity, .deposit = deposit});
  ship_rate_(static_cast<Eigen::Index>(region), product) += static_cast<double>(quantity) / terms_.memory_days;
}

void Vendor::ship(std::int64_t day) {
  ship_rate_ *= 1.0 - 1.0 / terms_.memory_days;
  std::vector<double> legal(regions_.size());
  for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
    const std::int64_t goods = accounts_.goods(stock_, k);
    if (goods == 0 || backlog_.col(k).sum() == 0) continue;
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      const MarketLane lane{.product = static_cast<std::size_t>(k), .region = r};
      // What would be stopped on the way is not sent; of what licences cover, a share is.
      legal[r] = shocks_.legal_after(lane, day, static_cast<double>(terms_.transit_days)) > 0.0
                     ? legal_(row_of(lane), column_of(lane))
                     : 0.0;
    }
    waiting_.clear();
    orders_.clear();
    claims_.clear();
    for (Eigen::Index i = 0; i < ordered_.rows(); ++i) {
      if (ordered_(i, k) == 0 || legal[who(i).region] == 0.0) continue;
      waiting_.push_back(i);
      orders_.push_back(ordered_(i, k));
      claims_.push_back(claim(i, ordered_(i, k)));
    }
    if (waiting_.empty()) continue;
    const auto given = shares_of(goods);
    for (std::size_t n = 0; n < waiting_.size(); ++n) {
      const Customer& to = who(waiting_[n]);
      const double share = legal[to.region];
      const auto let_go =
          share == 1.0 ? given[n] : static_cast<std::int64_t>(std::floor(share * static_cast<double>(given[n])));
      if (keep_details_)
        allocations_.note(
            {.product = k, .region = to.region, .cohort = to.cohort, .ordered = orders_[n], .shipped = let_go});
      if (let_go > 0) send(waiting_[n], k, let_go, day);
    }
  }
}

/// Goods that a maker of servers had ordered for a buyer: the maker pays the list price, and the buyer the price agreed
/// for what it gets.
void Vendor::hand_over(const Shipment& shipment) {
  const Customer& to = who(shipment.customer);
  const RegionHolders& region = regions_[to.region];
  const MarketLane lane{.product = static_cast<std::size_t>(shipment.product), .region = to.region};
  const auto handover = contracts_.deliver({.customer = shipment.customer,
                                            .product = shipment.product,
                                            .quantity = shipment.quantity,
                                            .spot_price = prices_.spot(lane),
                                            .day = today_},
                                           terms_.breach);
  const auto of_kept =
      static_cast<std::int64_t>(static_cast<double>(shipment.deposit) * static_cast<double>(handover.kept_back) /
                                static_cast<double>(shipment.quantity));
  const models::Money list{prices_.list(lane).ten_thousandths * shipment.quantity};
  accounts_.move(region.transit, to.holder, shipment.product, handover.delivered);
  accounts_.move(region.transit, region.makers, shipment.product, handover.kept_back);
  tally_.delivered(shipment.customer, shipment.product) += handover.delivered;
  tally_.kept_back(shipment.customer, shipment.product) += handover.kept_back;
  flows_.kept_back(row_of(lane), shipment.product) += static_cast<double>(handover.kept_back);
  accounts_.pay(region.escrow, region.cash, {shipment.deposit});
  accounts_.pay(region.makers, region.cash, {list.ten_thousandths - shipment.deposit});
  accounts_.pay(to.holder, region.makers, {handover.price.ten_thousandths - (shipment.deposit - of_kept)});
  accounts_.pay(region.makers, to.holder, {of_kept + handover.penalty.ten_thousandths});
  if (prices_.duty(lane) == 0.0) return;
  const double duty_a_good = prices_.list(lane).units() * prices_.duty(lane);
  accounts_.pay(to.holder, region.state,
                models::Money::from_units(duty_a_good * static_cast<double>(handover.delivered)));
  accounts_.pay(region.makers, region.state,
                models::Money::from_units(duty_a_good * static_cast<double>(handover.kept_back)));
}

void Vendor::arrive(std::int64_t day) {
  for (const Shipment& shipment : arriving_on(day)) {
    const Customer& to = who(shipment.customer);
    const RegionHolders& region = regions_[to.region];
    const MarketLane lane{.product = static_cast<std::size_t>(shipment.product), .region = to.region};
    in_transit_(shipment.customer, shipment.product) -= shipment.quantity;
    if (legal_(row_of(lane), column_of(lane)) == 0.0) {
      // A day late at customs: back it goes.
      accounts_.move(region.transit, stock_, shipment.product, shipment.quantity);
      leave_undelivered(shipment, shocks_.refund_share(lane, day));
      continue;
    }
    flows_.deliveries(row_of(lane), shipment.product) += static_cast<double>(shipment.quantity);
    if (to.by_contract) {
      hand_over(shipment);
      continue;
    }
    tally_.delivered(shipment.customer, shipment.product) += shipment.quantity;
    const models::Money price{prices_.list(lane).ten_thousandths * shipment.quantity};
    accounts_.move(region.transit, to.holder, shipment.product, shipment.quantity);
    accounts_.pay(region.escrow, region.cash, {shipment.deposit});
    accounts_.pay(to.holder, region.cash, {price.ten_thousandths - shipment.deposit});
    if (prices_.duty(lane) != 0.0)
      accounts_.pay(to.holder, region.state, models::Money::from_units(price.units() * prices_.duty(lane)));
  }
  arriving_on(day).clear();
}

void Vendor::bring_variants(std::int64_t day, Foundry& foundry) {
  for (std::size_t p = 0; p < spec_.products.size(); ++p) {
    const auto& respin = spec_.products[p].respin;
    if (!respin || !sells(p) || day != shocks_.known_day(p)) continue;
    const auto from = static_cast<Eigen::Index>(respin->of);
    // By what the regions claimed the day before.
    const Eigen::ArrayXd claims = in_work_rate_.col(from);
    double barred = 0.0;
    for (std::size_t r = 0; r < regions_.size(); ++r)
      if (shocks_.legal_after({.product = respin->of, .region = r}, day, static_cast<double>(respin->days)) == 0.0)
        barred += claims[static_cast<Eigen::Index>(r)];
    if (barred <= 0.0) continue;
    const double share = barred / claims.sum();
    foundry.convert(respin->of, p, share);
    accounts_.convert(stock_, from, static_cast<Eigen::Index>(p),
                      static_cast<std::int64_t>(share * static_cast<double>(accounts_.goods(stock_, from))));
  }
}

void Vendor::open_day(std::int64_t day, Foundry& foundry) {
  today_ = day;
  allocations_.clear();
  prices_.open_day(day);
  for (std::size_t r = 0; r < regions_.size(); ++r)
    for (std::size_t p = 0; p < spec_.products.size(); ++p)
      legal_(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(p)) =
          shocks_.legal({.product = p, .region = r}, day);
  refund_stopped(day);
  bring_variants(day, foundry);
  const auto finished = foundry.finish(day);
  for (std::size_t k = 0; k < finished.size(); ++k) accounts_.make(stock_, static_cast<Eigen::Index>(k), finished[k]);
  ship(day);
  arrive(day);
}

double Vendor::claim_on_foundry(std::size_t product, std::int64_t day) const {
  const MarketProduct& made = spec_.products[product];
  if (!made.ramp) return made.mix;
  const std::array<DatedLevel, 2> learnt{{{made.ramp->from, 0.0}, {made.ramp->until, 1.0}}};
  return made.mix * straight_between(learnt, static_cast<double>(day));
}

/// Orders a day that a lane is to bring. Of a product that is about to be sold, or newly is, its share of all that the
/// region orders, by mix, for it has no orders of its own to tell by.
double Vendor::expected_order_rate(MarketLane lane, std::int64_t day) const {
  const double own = std::max(0.0, order_rate_(row_of(lane), column_of(lane)));
  if (static_cast<double>(day - shocks_.launch_day(lane.product)) > terms_.memory_days) return own;
  const auto cycle = static_cast<double>(cycle_days_);
  double mix = 0.0;
  double all = 0.0;
  for (std::size_t p = 0; p < spec_.products.size(); ++p) {
    const MarketLane other{.product = p, .region = lane.region};
    if (!sells(p)) continue;
    all += std::max(0.0, order_rate_(row_of(other), column_of(other)));
    if (spec_.products[p].list_price[lane.region] && day + cycle_days_ >= shocks_.launch_day(p) &&
        shocks_.legal_after(other, day, cycle) > 0.0)
      mix += claim_on_foundry(p, day);
  }
  return mix > 0.0 ? std::max(own, all * claim_on_foundry(lane.product, day) / mix) : own;
}

void Vendor::ask(std::int64_t day, Foundry& foundry) {
  const auto cycle = static_cast<double>(cycle_days_);
  order_rate_ += (flows_.orders - flows_.cancellations - order_rate_) / terms_.memory_days;
  std::vector<std::int64_t> asked(spec_.products.size(), 0);
  std::vector<double> claims;
  claims.reserve(spec_.products.size());
  // By region: what is on order and what a day is to bring, as far as it may be delivered a cycle from now.
  Eigen::ArrayXd waiting(backlog_.rows());
  Eigen::ArrayXd rate(backlog_.rows());
  for (std::size_t p = 0; p < spec_.products.size(); ++p) {
    const MarketProduct& product = spec_.products[p];
    const auto k = static_cast<Eigen::Index>(p);
    claims.push_back(claim_on_foundry(p, day));
    if (!sells(p)) continue;
    waiting.setZero();
    rate.setZero();
    const bool makes = day >= shocks_.known_day(p) && day + cycle_days_ >= shocks_.launch_day(p) &&
                       (!product.end_day || day < *product.end_day);
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      const MarketLane lane{.product = p, .region = r};
      if (!product.list_price[r]) continue;
      const double legal = shocks_.legal_after(lane, day, cycle);
      waiting[row_of(lane)] = legal * static_cast<double>(backlog(lane));
      if (makes) rate[row_of(lane)] = legal * expected_order_rate(lane, day);
    }
    const auto in_work = static_cast<double>(foundry.in_work(p));
    const double claimed = (waiting + rate).sum();
    in_work_rate_.col(k).setZero();
    if (claimed > 0.0) in_work_rate_.col(k) = (waiting + rate) / claimed * in_work / cycle;
    if (!makes) continue;
    const double wanted = waiting.sum() + rate.sum() * (cycle + terms_.cover_days) -
                          static_cast<double>(accounts_.goods(stock_, k)) - in_work;
    asked[p] = std::max<std::int64_t>(0, std::llround(wanted));
  }
  foundry.scale_capacity(shocks_.foundry_capacity(maker_, day));
  foundry.start(day, asked, claims);
}

}  // namespace chokepoint::sim
