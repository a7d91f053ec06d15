#include "models/market/order_rule.hpp"

#include <cmath>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "models/statistics/normal_distribution.hpp"

namespace chokepoint::models {
namespace {

double normal(std::mt19937& generator) {
  return normal_quantile((static_cast<double>(generator()) + 0.5) / 4294967296.0);
}

double variance(const std::vector<double>& values) {
  double mean = 0.0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

/// A retailer who orders, waits `lead` periods, and owes what is short: its orders' variance over that of demand. The
/// lead time is that of goods and moves no order where the whole position counts.
double bullwhip(DemandForecast forecast, double cover, double rho) {
  constexpr int periods = 400000;
  constexpr int warm_up = 1000;
  OrderUpTo rule(std::move(forecast), cover);
  std::mt19937 generator(17);
  std::deque<double> pipeline(static_cast<std::size_t>(cover) + 1, 0.0);
  StockPosition position;
  double deviation = 0.0;
  std::vector<double> demands;
  std::vector<double> orders;
  for (int period = 0; period < periods; ++period) {
    position.on_hand += pipeline.front();
    position.on_order -= pipeline.front();
    pipeline.pop_front();
    deviation = rho * deviation + normal(generator);
    const double demand = 100.0 + deviation;
    position.on_hand -= demand;
    const double order = rule.order(demand, position);
    position.on_order += order;
    pipeline.push_back(order);
    if (period < warm_up) continue;
    demands.push_back(demand);
    orders.push_back(order);
  }
  return variance(orders) / variance(demands);
}

// Chen, Drezner, Ryan & Simchi-Levi 2000: 1 + 2L/p + 2L^2/p^2.
TEST_CASE("a retailer with a moving average amplifies demand as the closed form says") {
  CHECK(bullwhip(MovingAverage(5), 1.0, 0.0) == doctest::Approx(1.48).epsilon(0.01));
  CHECK(bullwhip(MovingAverage(5), 2.0, 0.0) == doctest::Approx(2.12).epsilon(0.01));
  CHECK(bullwhip(MovingAverage(10), 4.0, 0.0) == doctest::Approx(2.12).epsilon(0.01));
}

// 1 + 2La + 2L^2a^2/(2-a).
TEST_CASE("a retailer with exponential smoothing amplifies demand as the closed form says") {
  CHECK(bullwhip(ExponentialSmoothing(0.2), 1.0, 0.0) == doctest::Approx(1.4444).epsilon(0.01));
  CHECK(bullwhip(ExponentialSmoothing(0.3), 3.0, 0.0) == doctest::Approx(3.7529).epsilon(0.01));
}

// 1 + 2 rho (1 - rho^(L+1)) (1 - rho^(L+2)) / (1 - rho), covering L + 1 periods.
TEST_CASE("a retailer with the best forecast of autoregressive demand amplifies it as the closed form says") {
  CHECK(bullwhip(AutoregressiveForecast(0.5, 100.0), 1.0, 0.5) == doctest::Approx(1.75).epsilon(0.01));
  CHECK(bullwhip(AutoregressiveForecast(0.7, 100.0), 3.0, 0.7) == doctest::Approx(3.3299).epsilon(0.015));
}

/// The largest order after demand steps from 100 to 120 with goods 4 periods under way.
double largest_order(double pipeline_weight) {
  StockManagement rule{.adjustment = 0.5, .pipeline_weight = pipeline_weight};
  std::deque<double> pipeline(4, 100.0);
  StockPosition position{.on_hand = 50.0, .on_order = 400.0};
  // When an order is placed, one of the four has come in.
  rule.desired_stock = 50.0 + pipeline_weight * 300.0;
  double largest = 0.0;
  for (int period = 0; period < 100; ++period) {
    position.on_hand += pipeline.front();
    position.on_order -= pipeline.front();
    pipeline.pop_front();
    const double demand = period < 5 ? 100.0 : 120.0;
    position.on_hand -= demand;
    const double order = rule.order(demand, position);
    if (period < 5) CHECK(order == doctest::Approx(100.0));
    largest = std::max(largest, order);
    position.on_order += order;
    pipeline.push_back(order);
  }
  return largest;
}

TEST_CASE("who forgets the pipeline orders far over the new demand") {
  CHECK(largest_order(0.0) > largest_order(0.34));
  CHECK(largest_order(0.34) > largest_order(1.0));
  CHECK(largest_order(0.0) > 2.0 * 120.0);
}

TEST_CASE("orders of people are never negative") {
  const StockManagement rule{.desired_stock = 10.0};
  CHECK(rule.order(5.0, {.on_hand = 1000.0}) == 0.0);
  CHECK(rule.order(5.0, {.on_hand = 10.0}) == 5.0);
}

}  // namespace
}  // namespace chokepoint::models
