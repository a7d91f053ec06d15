#include "models/market/price_expectation.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

/// How far the price is from its rest after many harvests: growers sow by the price that they expect, the market clears
/// at what the harvest brings.
double distance_after(double supply_slope, double weight, int harvests) {
  const auto clearing = [](double supply) { return 100.0 - supply; };
  const double rest = 100.0 / (1.0 + supply_slope);
  double expected = rest + 1.0;
  double price = rest;
  for (int harvest = 0; harvest < harvests; ++harvest) {
    price = clearing(supply_slope * expected);
    expected = adaptive_expectation(expected, price, weight);
  }
  return std::abs(price - rest);
}

// Nerlove 1958: stable while supply slope / demand slope < 2 / weight - 1.
TEST_CASE("the cobweb comes to rest below its threshold and not above") {
  for (const double weight : {0.5, 1.0}) {
    const double threshold = 2.0 / weight - 1.0;
    CHECK(distance_after(0.98 * threshold, weight, 2000) < 1e-6);
    CHECK(distance_after(1.02 * threshold, weight, 500) > 10.0);
  }
}

TEST_CASE("a trend goes on as it went") {
  CHECK(trend_expectation(12.0, 10.0, 1.5) == 15.0);
  CHECK(trend_expectation(12.0, 12.0, 1.5) == 12.0);
}

TEST_CASE("without intensity rules share alike and with all of it the best takes all") {
  const std::vector<double> fitness{-1.0, 3.0, 2.9};
  for (const double share : rule_shares(fitness, 0.0)) CHECK(share == doctest::Approx(1.0 / 3.0));
  for (const double intensity : {1e4, std::numeric_limits<double>::infinity()}) {
    const auto shares = rule_shares(fitness, intensity);
    CHECK(shares[1] == doctest::Approx(1.0));
    CHECK(shares[0] == doctest::Approx(0.0));
  }
  const auto even = rule_shares(std::vector<double>{1.0, 1.0}, std::numeric_limits<double>::infinity());
  CHECK(even[0] == 0.5);
}

TEST_CASE("shares follow the logit of fitness") {
  const auto shares = rule_shares(std::vector<double>{0.0, std::log(3.0)}, 1.0);
  CHECK(shares[0] == doctest::Approx(0.25));
  CHECK(shares[1] == doctest::Approx(0.75));
}

}  // namespace
}  // namespace chokepoint::models
