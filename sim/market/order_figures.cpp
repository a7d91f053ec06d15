#include "sim/market/order_figures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/record/key_part.hpp"

namespace chokepoint::sim {
namespace {

double money_of(std::int64_t ten_thousandths) {
  return models::Money{ten_thousandths}.units();
}

}  // namespace

OrderFigures::OrderFigures(const MarketSpec& spec, std::int64_t first_day)
    : spec_(spec), first_day_(first_day), most_held_(spec.regions.size()), last_held_(spec.regions.size()) {
  start_.regions.resize(spec.regions.size());
  came_.setZero(static_cast<Eigen::Index>(spec.regions.size()),
                static_cast<Eigen::Index>(1 + spec.other_makers.size()));
}

OrderFigures::Totals OrderFigures::totals_of(const Market& market) const {
  Totals totals{.cohorts = {}, .regions = std::vector<Deposits>(spec_.regions.size())};
  for (std::size_t maker = 0; maker < market.supply().makers(); ++maker) {
    const Vendor& vendor = market.supply().vendor(maker);
    const OrderTally& tally = vendor.tally();
    for (Eigen::Index i = 0; i < tally.ordered.rows(); ++i) {
      const Vendor::Customer& customer = vendor.who(i);
      Orders& orders = totals.cohorts[{customer.region, customer.cohort}];
      Deposits& deposits = totals.regions[customer.region];
      for (std::size_t p = 0; p < spec_.products.size(); ++p) {
        const auto k = static_cast<Eigen::Index>(p);
        const auto gpus = [&](std::int64_t goods) { return static_cast<double>(goods * spec_.products[p].gpus); };
        orders.ordered += gpus(tally.ordered(i, k));
        orders.delivered += gpus(tally.delivered(i, k));
        orders.cancelled += gpus(tally.cancelled(i, k));
        orders.undelivered += gpus(tally.undelivered(i, k));
        orders.open += gpus(vendor.pipeline(i, k));
        deposits.undelivered_value += money_of(tally.undelivered_value(i, k));
        deposits.undelivered += money_of(tally.undelivered_deposits(i, k));
        deposits.lost += money_of(tally.deposits_lost(i, k));
      }
    }
  }
  return totals;
}

void OrderFigures::record(const Market& market) {
  if (market.day() == first_day_ - 1) start_ = totals_of(market);
  if (market.day() < first_day_) return;
  for (std::size_t r = 0; r < spec_.regions.size(); ++r) {
    last_held_[r] = market.accounts().money(market.regions()[r].escrow).units();
    most_held_[r] = std::max(most_held_[r], last_held_[r]);
    const auto row = static_cast<Eigen::Index>(r);
    for (std::size_t p = 0; p < spec_.products.size(); ++p) {
      const auto k = static_cast<Eigen::Index>(p);
      came_(row, static_cast<Eigen::Index>(spec_.products[p].maker)) +=
          spec_.products[p].compute * (market.flows().deliveries(row, k) + market.flows().imports(row, k));
    }
  }
}

void OrderFigures::add_cohorts(std::vector<Figure>& figures, const Totals& end) const {
  for (const auto& [cohort, last] : end.cohorts) {
    const auto& [region, name] = cohort;
    const std::string& place = spec_.regions[region].name;
    const auto found = start_.cohorts.find(cohort);
    const Orders first = found != start_.cohorts.end() ? found->second : Orders{};
    const auto add = [&](std::string_view key, std::string label, std::string unit, double value) {
      figures.push_back({.key = fmt::format("{}_{}_{}", key_part(place), key_part(name), key),
                         .label = std::move(label),
                         .unit = std::move(unit),
                         .value = value,
                         .group = fmt::format("market: orders of {}, {}", name, place)});
    };
    add("ordered", "GPUs ordered", "", last.ordered - first.ordered);
    add("delivered", "GPUs delivered", "", last.delivered - first.delivered);
    add("cancelled", "GPUs cancelled", "", last.cancelled - first.cancelled);
    add("undelivered", "GPUs that rules left undelivered", "", last.undelivered - first.undelivered);
    const double asked = first.open + last.ordered - first.ordered;
    if (asked > 0.0)
      add("delivered_percent", "delivered, of what was or came on order", "%",
          100.0 * (last.delivered - first.delivered) / asked);
  }
}

void OrderFigures::add_deposits(std::vector<Figure>& figures, const Totals& end) const {
  for (std::size_t r = 0; r < spec_.regions.size(); ++r) {
    const MarketRegion& place = spec_.regions[r];
    const std::string money = place.currency.code();
    const auto add = [&](std::string_view key, std::string label, double value) {
      figures.push_back({.key = fmt::format("{}_{}_{}", key_part(place.name), key, lower_case(money)),
                         .label = std::move(label),
                         .unit = money,
                         .value = value,
                         .group = fmt::format("market: deposits, {}", place.name)});
    };
    const Deposits& first = start_.regions[r];
    const Deposits& last = end.regions[r];
    add("deposits_most", "held, most on a day", most_held_[r]);
    add("deposits_last", "held, last day", last_held_[r]);
    add("undelivered_value", "orders that rules left undelivered, at list prices",
        last.undelivered_value - first.undelivered_value);
    add("undelivered_deposits", "deposits on these", last.undelivered - first.undelivered);
    add("deposits_lost", "not given back to customers", last.lost - first.lost);
  }
}

void OrderFigures::add_makers(std::vector<Figure>& figures) const {
  for (std::size_t r = 0; r < spec_.regions.size(); ++r) {
    const auto row = static_cast<Eigen::Index>(r);
    const double all = came_.row(row).sum();
    if (all <= 0.0) continue;
    for (std::size_t maker = 0; maker < spec_.other_makers.size(); ++maker) {
      const std::string& name = spec_.other_makers[maker].name;
      const std::string& place = spec_.regions[r].name;
      figures.push_back({.key = fmt::format("{}_{}_share_percent", key_part(place), key_part(name)),
                         .label = fmt::format("made by {}, of the compute that came", name),
                         .unit = "%",
                         .value = 100.0 * came_(row, static_cast<Eigen::Index>(maker + 1)) / all,
                         .group = fmt::format("market: makers, {}", place)});
    }
  }
}

std::vector<Figure> OrderFigures::figures(const Market& market) const {
  std::vector<Figure> figures;
  const Totals end = totals_of(market);
  add_cohorts(figures, end);
  add_deposits(figures, end);
  add_makers(figures);
  return figures;
}

}  // namespace chokepoint::sim
