#pragma once

#include <chrono>
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

/// Runs a market and tells `watcher` after each day.
template <class Watcher>
void run_market(sim::Market::Setup setup, const Watcher& watcher) {
  sim::Kernel kernel;
  sim::Market market(kernel, std::move(setup));
  market.watch(watcher);
  kernel.run();
}

}  // namespace chokepoint::tests
