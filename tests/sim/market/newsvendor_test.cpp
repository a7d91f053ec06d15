#include "models/market/newsvendor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "sim/market/dealers.hpp"
#include "sim/market/trading_floor.hpp"

namespace chokepoint::sim {
namespace {

using tests::Customer;
using tests::TradingFloor;

// Bought at 100, sold at 110, cleared at 97.50: a good too few costs 10, one too many 2.50.
const models::Newsvendor season{.mean_demand = 100.0, .demand_sd = 20.0, .underage = 10.0, .overage = 2.5};
constexpr double clearance_price = 97.5;

/// Sum over seasons, and what the standard error of the mean needs.
struct Sample {
  double count = 0.0, sum = 0.0, squares = 0.0;

  void add(double value) {
    count += 1.0;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double mean() const { return sum / count; }
  [[nodiscard]] double standard_error() const { return std::sqrt((squares / count - mean() * mean()) / (count - 1.0)); }
};

struct Seasons {
  Sample ordered, lost, left, gain;
};

/// A dealer of the simulation orders on the evening of every other day, sells on the next, and has to clear its stock
/// on the one after. `order` need not be whole: it is on average.
Seasons seasons_with(double order, int seasons) {
  TradingFloor floor(0);
  // Of demand that is as good as known to return to its mean at once; and it orders though the last price, that of the
  // clearance, lies under the list price.
  const DealerCohort cohort{
      .name = "d",
      .count = 1,
      .cover_days = 0.0,
      .review_days = 2,
      .order_up_to = OrderUpToTerms{.forecast = AutoregressiveTerms{0.0}, .safety_stock = order - season.mean_demand},
      .margin = -0.05,
      .belief_speed = 1.0,
      .belief_spread = 0.0,
      .carrying_cost = 0.0,
      .turnover = 1.0,
      .withholding = 0.0};
  const Eigen::Index dealer = floor.open_holder();
  Dealers dealers({.cohort = cohort,
                   .accounts = floor.accounts(),
                   .supply = floor.supply(),
                   .first_holder = dealer,
                   .sales = Eigen::ArrayXd::Constant(1, season.mean_demand / 2.0),
                   .price = Eigen::ArrayXd::Constant(1, 110.0)});
  RandomStream chance(1, 0, "demand");
  Customer customer(floor, [&](std::int64_t day) {
    if (day % 2 == 0) return models::AuctionOrder{.limit = clearance_price, .quantity = 1000};
    const double demand = season.mean_demand + season.demand_sd * chance.normal();
    return models::AuctionOrder{.limit = 110.0, .quantity = std::max(0LL, std::llround(demand))};
  });
  const std::array<MarketAgents*, 2> agents{&dealers, &customer};
  Seasons seen;
  floor.day(agents);
  double ordered = floor.flows.orders(0, 0);
  for (int n = 0; n < seasons; ++n) {
    const double money = floor.accounts().money(dealer).units();
    floor.board.scarcity[0] = 110.0;
    const SpotBook::Day sold = floor.day(agents);
    seen.ordered.add(ordered);
    seen.lost.add(static_cast<double>(sold.bid - sold.volume));
    seen.left.add(static_cast<double>(dealers.stock(0)));
    floor.board.scarcity[0] = clearance_price;
    floor.day(agents);
    REQUIRE(dealers.stock(0) == 0);
    seen.gain.add(floor.accounts().money(dealer).units() - money);
    ordered = floor.flows.orders(0, 0);
  }
  floor.accounts().check();
  return seen;
}

void check_near(const Sample& sample, double value) {
  CAPTURE(value);
  CAPTURE(sample.mean());
  CAPTURE(sample.standard_error());
  CHECK(std::abs(sample.mean() - value) < 4.0 * sample.standard_error());
}

TEST_CASE("a simulated dealer who orders once a season loses sales and has goods left as the newsvendor's forms say") {
  const Seasons seen = seasons_with(season.best_order(), 200'000);
  check_near(seen.ordered, 116.8324);
  check_near(seen.lost, 2.2328);
  check_near(seen.left, 19.0652);
  check_near(seen.gain, 10.0 * (100.0 - 2.2328) - 2.5 * 19.0652);
  // A good more or less would be told: it brings .2 lost sales and .8 goods left.
  CHECK(seen.lost.standard_error() < 0.02);
  CHECK(seen.left.standard_error() < 0.05);
}

TEST_CASE("of simulated dealers the one who orders the critical quantile has most money in the end") {
  std::map<double, double> gains;
  for (const double order : {100.0, 110.0, 117.0, 125.0}) {
    CAPTURE(order);
    const Seasons seen = seasons_with(order, 20'000);
    gains[order] = seen.gain.mean();
    check_near(seen.lost, season.lost_sales(order));
    check_near(seen.left, season.left_over(order));
    check_near(seen.gain, 10.0 * (100.0 - season.lost_sales(order)) - 2.5 * season.left_over(order));
  }
  const auto most = std::ranges::max_element(gains, {}, [](const auto& entry) { return entry.second; });
  CHECK(most->first == 117.0);
}

}  // namespace
}  // namespace chokepoint::sim
