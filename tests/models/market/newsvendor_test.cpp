#include "models/market/newsvendor.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include <doctest/doctest.h>

#include "models/statistics/normal_distribution.hpp"

namespace chokepoint::models {
namespace {

const Newsvendor season{.mean_demand = 100.0, .demand_sd = 20.0, .underage = 10.0, .overage = 2.5};

// By hand: the critical ratio .8 lies .8416212 standard deviations above the mean.
TEST_CASE("the order for a season of normal demand is the critical quantile") {
  CHECK(season.best_order() == doctest::Approx(116.8324).epsilon(1e-6));
  CHECK(season.lost_sales(season.best_order()) == doctest::Approx(2.2328).epsilon(1e-4));
  CHECK(season.left_over(season.best_order()) == doctest::Approx(19.0652).epsilon(1e-5));
}

TEST_CASE("no other order costs less over many seasons") {
  std::vector<double> seasons;
  for (int i = 0; i < 20000; ++i) seasons.push_back(100.0 + 20.0 * normal_quantile((i + 0.5) / 20000.0));
  const auto cost = [&](double order) {
    double sum = 0.0;
    for (const double demand : seasons)
      sum += season.underage * std::max(0.0, demand - order) + season.overage * std::max(0.0, order - demand);
    return sum;
  };
  const double best = season.best_order();
  for (const double other : {best - 10.0, best - 0.5, best + 0.5, best + 10.0}) CHECK(cost(other) > cost(best));
}

}  // namespace
}  // namespace chokepoint::models
