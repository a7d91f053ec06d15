#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "sim/market/market.hpp"

namespace chokepoint::tests {

/// One region of 100 buyers and 20 dealers, two cards of like compute, sold at 80,000 and 90,000 from the start on, and
/// a foundry that makes 150 goods a day; revenue doubles in the second year.
inline sim::MarketSpec small_market() {
  sim::MarketSpec spec;
  spec.first_day = std::chrono::local_days(std::chrono::year(2022) / 1 / 1);
  spec.regions = {{.name = "CN", .currency = *models::find_currency("CNY")}};
  spec.products = {
      {.name = "A800", .form = "card", .compute = 1.0, .list_price = {models::Money::from_units(80000.0)}},
      {.name = "A100", .form = "card", .compute = 1.1, .list_price = {models::Money::from_units(90000.0)}}};
  spec.foundry = {.capacity = {{.day = 0.0, .level = 150.0}}, .cycle_days = 60};
  spec.dealers = {{.name = "dealers", .count = 20}};
  spec.buyers = {{.name = "makers", .count = 100, .revenue = {{0.0, 2e10}, {365.0, 2e10}, {730.0, 4e10}}}};
  return spec;
}

/// The same in China and as much in the United States, at 7 yuan a dollar: a vendor there makes both cards, at home
/// for 11,500 and 13,000 dollars, with capacity for both.
inline sim::MarketSpec two_markets() {
  sim::MarketSpec spec = small_market();
  const models::Currency dollar = *models::find_currency("USD");
  spec.regions.push_back({.name = "US", .currency = dollar});
  spec.products[0].list_price.emplace_back(models::Money::from_units(11500.0));
  spec.products[1].list_price.emplace_back(models::Money::from_units(13000.0));
  spec.foundry.capacity.front().level = 300.0;
  spec.vendor.home = 1;
  spec.dealers.push_back({.name = "dealers abroad", .region = 1, .count = 20});
  spec.buyers.push_back(
      {.name = "makers abroad", .region = 1, .count = 100, .revenue = {{0.0, 3e9}, {365.0, 3e9}, {730.0, 6e9}}});
  spec.money = models::ExchangeRates(*models::find_currency("CNY"));
  spec.money.set(dollar, {{.rate = 7.0}});
  return spec;
}

/// A rule that bars a product from China, announced `day` days from the start and in force from then on.
inline sim::ShockSpec rule_on(const sim::MarketSpec& spec, const std::string& product, int day) {
  const auto date = spec.first_day + std::chrono::days(day);
  sim::ShockSpec rule{.name = "rule", .kind = sim::ShockKind::export_rule, .announced = date, .effective = date};
  rule.target.regions = {"CN"};
  rule.target.products = {product};
  return rule;
}

/// Runs a market and tells `watcher` after each day.
template <class Watcher>
void run_market(sim::Market::Setup setup, const Watcher& watcher) {
  sim::Kernel kernel;
  sim::Market market(kernel, std::move(setup));
  market.watch(watcher);
  kernel.run();
}

}  // namespace chokepoint::tests
