#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "sim/market/dealers.hpp"
#include "sim/market/trading_floor.hpp"

namespace chokepoint::sim {
namespace {

using tests::Customer;
using tests::TradingFloor;

// Demand far above its spread, so that no order is negative and whole goods weigh nothing.
constexpr double bullwhip_mean = 3000.0;
constexpr double bullwhip_spread = 100.0;

struct Chain {
  OrderUpToTerms rule;
  std::int64_t transit_days = 0;
  /// What demand keeps of a deviation from one day to the next.
  double persistence = 0.0;
  std::int64_t review_days = 1;
};

/// By review: what was asked of the dealer and what it ordered.
struct Course {
  std::vector<double> demand, orders;
};

/// A dealer of the simulation who buys from the vendor and sells to customers of random demand, who get all they want.
Course course_of(const Chain& chain, std::int64_t reviews) {
  TradingFloor floor(chain.transit_days);
  const DealerCohort cohort{.name = "d",
                            .count = 1,
                            .cover_days = 0.0,
                            .review_days = chain.review_days,
                            .order_up_to = chain.rule,
                            .belief_spread = 0.0,
                            .carrying_cost = 0.0,
                            .turnover = 1.0,
                            .withholding = 0.0};
  Dealers dealers({.cohort = cohort,
                   .accounts = floor.accounts(),
                   .supply = floor.supply(),
                   .first_holder = floor.open_holder(),
                   .sales = Eigen::ArrayXd::Constant(1, bullwhip_mean),
                   .price = Eigen::ArrayXd::Constant(1, 110.0)});
  RandomStream chance(1, 0, "demand");
  double deviation = 0.0;
  Customer customer(floor, [&](std::int64_t) {
    deviation = chain.persistence * deviation +
                std::sqrt(1.0 - chain.persistence * chain.persistence) * bullwhip_spread * chance.normal();
    return models::AuctionOrder{.limit = 200.0, .quantity = std::llround(bullwhip_mean + deviation)};
  });
  const std::array<MarketAgents*, 2> agents{&dealers, &customer};
  constexpr std::int64_t warm_up = 500;
  Course course;
  double demand = 0.0;
  for (std::int64_t day = 0; day < reviews * chain.review_days; ++day) {
    const SpotBook::Day auction = floor.day(agents);
    demand += static_cast<double>(auction.bid);
    if (day % chain.review_days != 0) continue;
    if (day >= warm_up * chain.review_days) {
      // As the closed form takes it: nothing is short and nothing goes back.
      REQUIRE(dealers.stock(0) > 0);
      REQUIRE(floor.flows.orders(0, 0) > 0.0);
      course.demand.push_back(demand);
      course.orders.push_back(floor.flows.orders(0, 0));
    }
    demand = 0.0;
  }
  floor.accounts().check();
  return course;
}

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
  const double mean = mean_of(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

/// Var(orders) / Var(demand), and its standard error from batches that are as good as independent.
struct Bullwhip {
  double ratio = 0.0;
  double standard_error = 0.0;
};

Bullwhip bullwhip_of(const Course& course) {
  constexpr std::size_t batches = 50;
  const std::size_t size = course.demand.size() / batches;
  std::vector<double> ratios;
  for (std::size_t b = 0; b < batches; ++b)
    ratios.push_back(variance_of(std::span(course.orders).subspan(b * size, size)) /
                     variance_of(std::span(course.demand).subspan(b * size, size)));
  return {.ratio = variance_of(course.orders) / variance_of(course.demand),
          .standard_error = std::sqrt(variance_of(ratios) / static_cast<double>(batches))};
}

void check_bullwhip(const Chain& chain, double closed_form, std::int64_t reviews = 200'000) {
  const Bullwhip found = bullwhip_of(course_of(chain, reviews));
  CAPTURE(closed_form);
  CAPTURE(found.ratio);
  CAPTURE(found.standard_error);
  CHECK(std::abs(found.ratio - closed_form) < 4.0 * found.standard_error);
  CHECK(found.standard_error < 0.005 * closed_form);
}

// Enough for the largest sum of demands over a lead time in all these days.
constexpr double stock_enough = 2500.0;

OrderUpToTerms average_over(std::int64_t reviews) {
  return {.forecast = MovingAverageTerms{reviews}, .safety_stock = stock_enough};
}

OrderUpToTerms smoothing_by(double weight) {
  return {.forecast = SmoothingTerms{weight}, .safety_stock = stock_enough};
}

OrderUpToTerms returning_by(double persistence) {
  return {.forecast = AutoregressiveTerms{persistence}, .safety_stock = stock_enough};
}

// Chen, Drezner, Ryan & Simchi-Levi 2000: 1 + 2L/p + 2L^2/p^2, the review counted in L: an order of today is there to
// sell after transit and the day.
TEST_CASE("simulated dealers with a moving average amplify demand as the closed form says") {
  check_bullwhip({.rule = average_over(5), .transit_days = 0}, 1.48);
  check_bullwhip({.rule = average_over(5), .transit_days = 1}, 2.12);
  check_bullwhip({.rule = average_over(10), .transit_days = 3}, 2.12);
}

// 1 + 2La + 2L^2a^2/(2-a).
TEST_CASE("simulated dealers with exponential smoothing amplify demand as the closed form says") {
  check_bullwhip({.rule = smoothing_by(0.2), .transit_days = 0}, 1.0 + 0.4 + 0.08 / 1.8);
  check_bullwhip({.rule = smoothing_by(0.3), .transit_days = 2}, 1.0 + 1.8 + 1.62 / 1.7);
}

// Lee, So & Tang 2000: 1 + 2 rho (1 - rho^(L+1)) (1 - rho^(L+2)) / (1 - rho), the review not counted in L.
TEST_CASE("simulated dealers with the best forecast of autoregressive demand amplify it as the closed form says") {
  check_bullwhip({.rule = returning_by(0.5), .transit_days = 0, .persistence = 0.5}, 1.75);
  check_bullwhip({.rule = returning_by(0.7), .transit_days = 2, .persistence = 0.7}, 3.3299);
}

TEST_CASE("simulated dealers who review once a week amplify the demand of weeks by their lead time in weeks") {
  check_bullwhip({.rule = average_over(5), .transit_days = 7, .review_days = 7}, 2.12, 100'000);
}

TEST_CASE("a lead time that is a day longer amplifies demand by more than the sampling error") {
  const Bullwhip found = bullwhip_of(course_of({.rule = average_over(5), .transit_days = 1}, 50'000));
  CHECK(std::abs(found.ratio - 1.48) > 20.0 * found.standard_error);
}

}  // namespace
}  // namespace chokepoint::sim
