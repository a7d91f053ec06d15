#include "sim/market/market_shocks.hpp"

#include <algorithm>

namespace chokepoint::sim {
namespace {

/// What a cut of the shock's size leaves on a day, and what a multiple of it makes.
double cut_of(const ShockCourse& shock, std::chrono::local_days day) {
  return 1.0 - shock.spec().size * shock.strength(day);
}

double multiple_of(const ShockCourse& shock, std::chrono::local_days day) {
  return 1.0 + (shock.spec().size - 1.0) * shock.strength(day);
}

/// The shocks that bar a flow, and what is said of them.
std::vector<ShockCourse> bars_of(const std::vector<ShockCourse>& courses, const GoodsFlow& goods) {
  std::vector<ShockCourse> bars;
  // What crosses no border meets no rule.
  if (goods.from == goods.to) return bars;
  for (const ShockCourse& course : courses)
    if (course.spec().bars_goods() && meets(course.spec().target, goods)) bars.push_back(course);
  const std::size_t rules = bars.size();
  for (const ShockCourse& course : courses) {
    if (course.spec().kind != ShockKind::rumour) continue;
    for (std::size_t i = 0; i < rules; ++i)
      if (bars[i].spec().name == course.spec().about) bars.push_back(course);
  }
  return bars;
}

bool meets_region(const ShockCourse& course, const std::string& region) {
  const auto& regions = course.spec().target.regions;
  return regions.empty() || std::ranges::find(regions, region) != regions.end();
}

}  // namespace

MarketShocks::MarketShocks(const MarketSpec& spec, std::vector<ShockCourse> courses)
    : first_day_(spec.first_day),
      products_(spec.products.size()),
      courses_(std::move(courses)),
      regions_(spec.regions),
      money_(spec.money) {
  for (const MarketProduct& product : spec.products) {
    makers_.push_back(product.maker);
    homes_.push_back(spec.vendor_of(product.maker).home);
  }
  for (const MarketRegion& region : spec.regions)
    for (std::size_t p = 0; p < products_; ++p) {
      const MarketProduct& product = spec.products[p];
      GoodsFlow goods{.product = product.name,
                      .accelerator = product.accelerator,
                      .from = homes_[p] ? spec.regions[*homes_[p]].name : std::string(),
                      .to = region.name};
      auto bars = bars_of(courses_, goods);
      flows_.push_back({.goods = std::move(goods), .bars = std::move(bars)});
    }
  find_launches(spec);
}

void MarketShocks::find_launches(const MarketSpec& spec) {
  for (std::size_t p = 0; p < products_; ++p) {
    launch_days_.push_back(spec.products[p].launch_day);
    known_days_.push_back(0);
    if (const auto& respin = spec.products[p].respin) {
      known_days_.back() = launch_days_.back() = never;
      for (const ShockCourse& course : courses_) {
        if (course.spec().name != respin->after || !course.is_announced(course.spec().announced)) continue;
        const std::int64_t announced = (course.spec().announced - first_day_).count();
        known_days_.back() = std::max<std::int64_t>(0, announced);
        launch_days_.back() = std::max<std::int64_t>(0, announced + respin->days);
      }
    }
    for (const ShockCourse& course : courses_) {
      if (course.spec().kind != ShockKind::product_launch || !meets(course.spec().target, flows_[p].goods)) continue;
      const auto effective = course.effective();
      launch_days_.back() = effective ? std::max<std::int64_t>(0, (*effective - first_day_).count()) : never;
    }
  }
}

double MarketShocks::legal(MarketLane lane, std::int64_t day) const {
  return legal_now(flow(lane).bars, flow(lane).goods, date(day));
}

double MarketShocks::legal_after(MarketLane lane, std::int64_t today, double days) const {
  const Flow& goods = flow(lane);
  if (goods.bars.empty()) return 1.0;
  return legal_on(goods.bars, goods.goods, date(today), date(today + static_cast<std::int64_t>(days)));
}

double MarketShocks::legal_share(MarketLane lane, std::int64_t today, double days) const {
  const Flow& goods = flow(lane);
  return goods.bars.empty() ? 1.0 : sim::legal_share(goods.bars, goods.goods, date(today), days);
}

double MarketShocks::refund_share(MarketLane lane, std::int64_t day) const {
  double share = 1.0;
  for (const ShockCourse& course : flow(lane).bars)
    if (course.spec().bars_goods() && course.is_in_force(date(day))) share = std::min(share, course.spec().refund);
  return share;
}

double MarketShocks::foundry_capacity(std::size_t maker, std::int64_t day) const {
  double factor = 1.0;
  const auto makes_what_it_meets = [&](const ShockCourse& course) {
    for (std::size_t n = 0; n < flows_.size(); ++n)
      if (makers_[n % products_] == maker && meets(course.spec().target, flows_[n].goods)) return true;
    return false;
  };
  for (const ShockCourse& course : courses_) {
    const bool is_of_foundries =
        course.spec().kind == ShockKind::foundry_outage || course.spec().kind == ShockKind::capacity_ramp;
    if (!is_of_foundries || !makes_what_it_meets(course)) continue;
    if (course.spec().kind == ShockKind::foundry_outage) factor *= cut_of(course, date(day));
    if (course.spec().kind == ShockKind::capacity_ramp) factor *= multiple_of(course, date(day));
  }
  return factor;
}

double MarketShocks::demand(std::size_t region, std::int64_t day) const {
  double factor = 1.0;
  for (const ShockCourse& course : courses_) {
    if (!meets_region(course, regions_[region].name)) continue;
    switch (course.spec().kind) {
      case ShockKind::demand_surge:
        factor *= multiple_of(course, date(day));
        break;
      case ShockKind::financing_stop:
      case ShockKind::power_curtailment:
        factor *= cut_of(course, date(day));
        break;
      default:
        break;
    }
  }
  return factor;
}

double MarketShocks::currency_worth(const models::Currency& currency, std::int64_t day) const {
  double worth = 1.0;
  for (const ShockCourse& course : courses_)
    if (course.spec().kind == ShockKind::exchange_rate && course.spec().currency == currency)
      worth *= multiple_of(course, date(day));
  return worth;
}

double MarketShocks::exchange_rate(std::size_t of, std::size_t in, std::int64_t day) const {
  const models::Currency& one = regions_[of].currency;
  const models::Currency& other = regions_[in].currency;
  if (one == other) return 1.0;
  const models::Instant now = std::chrono::sys_days(date(day).time_since_epoch());
  return money_.rate(one, now) / money_.rate(other, now) * currency_worth(one, day) / currency_worth(other, day);
}

double MarketShocks::list_price(MarketLane lane, std::int64_t day) const {
  double factor = 1.0;
  for (const ShockCourse& course : courses_)
    if (course.spec().kind == ShockKind::price_war && meets(course.spec().target, flow(lane).goods))
      factor *= cut_of(course, date(day));
  // The vendor counts in its own money: where another loses worth, its goods cost more of that.
  const models::Currency& here = regions_[lane.region].currency;
  const auto& home = homes_[lane.product];
  const double home_worth = home ? currency_worth(regions_[*home].currency, day) : 1.0;
  return factor * home_worth / currency_worth(here, day);
}

double MarketShocks::duty(MarketLane lane, std::int64_t day) const {
  double share = 0.0;
  for (const ShockCourse& course : courses_)
    if (course.spec().kind == ShockKind::tariff && meets(course.spec().target, flow(lane).goods))
      share += course.spec().size * course.strength(date(day));
  return share;
}

}  // namespace chokepoint::sim
