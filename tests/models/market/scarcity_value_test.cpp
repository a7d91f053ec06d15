#include "models/market/scarcity_value.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

Eigen::ArrayXd array(std::initializer_list<double> values) {
  Eigen::ArrayXd result(static_cast<Eigen::Index>(values.size()));
  Eigen::Index i = 0;
  for (const double value : values) result[i++] = value;
  return result;
}

/// `buyers` who each want one good, worth 1, 2, ..., buyers.
DemandCurve staircase(int buyers) {
  DemandCurve curve;
  const Eigen::ArrayXd value = Eigen::ArrayXd::LinSpaced(buyers, 1.0, buyers);
  curve.set(value, Eigen::ArrayXd::Ones(buyers), Eigen::ArrayXd::Zero(buyers));
  return curve;
}

ScarcityValue alone(const DemandCurve& demand, double supply, double start = 50.0) {
  const ScarcityGroup group{.demand = &demand, .effective = array({1.0})};
  return scarcity_value({&group, 1}, {.supply = array({supply})}, array({start}), array({0.01}));
}

/// Two groups, three products, wants and tastes by chance.
struct RandomMarket {
  explicit RandomMarket(std::uint32_t seed, double elasticity)
      : curves{DemandCurve(elasticity), DemandCurve(elasticity)} {
    std::mt19937 generator(seed);
    const auto uniform = [&] { return (static_cast<double>(generator()) + 0.5) / 4294967296.0; };
    for (std::size_t g = 0; g < 2; ++g) {
      Eigen::ArrayXd value(100), fixed(100), spend(100);
      for (Eigen::Index i = 0; i < 100; ++i) {
        value[i] = 50.0 * std::exp(uniform());
        const double held = 10.0 * uniform();
        fixed[i] = elasticity > 0.0 ? -held : held;
        spend[i] = elasticity > 0.0 ? held * std::pow(value[i], elasticity) : 0.0;
      }
      curves[g].set(value, fixed, spend);
    }
    groups.push_back({.demand = curves.data(), .effective = array({1.0, 0.8 + uniform(), 2.0})});
    groups.push_back({.demand = &curves[1], .effective = array({1.0, 0.3 + uniform(), 0.5 + uniform()})});
    terms.supply = array({20.0 + 50.0 * uniform(), 20.0 + 50.0 * uniform(), 5.0 + 20.0 * uniform()});
  }

  [[nodiscard]] ScarcityValue solve(const Eigen::ArrayXd& start) const {
    return scarcity_value(groups, terms, start, array({0.01, 0.01, 0.01}));
  }

  std::array<DemandCurve, 2> curves;
  std::vector<ScarcityGroup> groups;
  ScarcityTerms terms;
};

TEST_CASE("a market that is asked again answers as a new one") {
  ScarcityMarket again;
  const Eigen::ArrayXd lowest = array({0.01, 0.01, 0.01});
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const RandomMarket market(seed, 0.7);
    const std::span groups(market.groups.data(), 1 + seed % 2);
    const ScarcityValue fresh = scarcity_value(groups, market.terms, array({40.0, 40.0, 40.0}), lowest);
    const ScarcityValue& kept = again.value(groups, market.terms, array({40.0, 40.0, 40.0}), lowest);
    CHECK((kept.price == fresh.price).all());
    CHECK(kept.steps == fresh.steps);
    CHECK(kept.excess == fresh.excess);
  }
}

TEST_CASE("the scarcity value of one product is the worth of it to the last buyer who is served") {
  const DemandCurve demand = staircase(100);
  // Of 100 goods wanted those worth 71 to 100 are served; the next good would go to whom it is worth 70.
  CHECK(alone(demand, 30.0).price[0] == doctest::Approx(70.0).epsilon(0.02));
  CHECK(alone(demand, 30.5).price[0] == doctest::Approx(70.0).epsilon(1e-5));
  CHECK(alone(demand, 30.0, 0.5).price[0] == doctest::Approx(alone(demand, 30.0, 5000.0).price[0]).epsilon(1e-5));
}

TEST_CASE("where supply exceeds every want the scarcity value is the lowest price") {
  CHECK(alone(staircase(100), 101.0).price[0] == 0.01);
}

TEST_CASE("demand of constant elasticity has the scarcity value of its closed form") {
  // 400 cost^-.5 - 20 goods are wanted: 10 are offered at (400 / 30)^2.
  DemandCurve demand(0.5);
  demand.set(array({400.0}), array({-20.0}), array({400.0}));
  const ScarcityValue result = alone(demand, 10.0);
  CHECK(result.price[0] == doctest::Approx(std::pow(400.0 / 30.0, 2.0)).epsilon(1e-5));
  CHECK(result.steps == 1);
}

TEST_CASE("perfect substitutes have one price a unit of compute and share the want") {
  const DemandCurve demand = staircase(100);
  const ScarcityGroup group{.demand = &demand, .effective = array({1.0, 2.0})};
  const ScarcityValue result = scarcity_value({&group, 1}, {.supply = array({10.5, 10.0}), .sharpness = 1e4},
                                              array({1.0, 100.0}), array({0.01, 0.01}));
  CHECK(result.price[0] == doctest::Approx(70.0).epsilon(1e-3));
  CHECK(result.price[1] == doctest::Approx(140.0).epsilon(1e-3));
  CHECK(result.steps <= 3);
}

TEST_CASE("the scarcer of two like products costs more by the root of its scarcity") {
  DemandCurve demand(1.0);
  demand.set(array({100.0}), array({0.0}), array({100.0}));
  const ScarcityGroup group{.demand = &demand, .effective = array({1.0, 1.0})};
  const ScarcityValue result = scarcity_value({&group, 1}, {.supply = array({3.0, 48.0}), .sharpness = 8.0},
                                              array({1.0, 1.0}), array({0.01, 0.01}));
  CHECK(result.price[0] / result.price[1] == doctest::Approx(std::pow(16.0, 1.0 / 8.0)).epsilon(1e-6));
}

TEST_CASE("groups with tastes of their own clear every product within 25 steps from far away") {
  for (const double elasticity : {0.5, 1.0})
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
      CAPTURE(seed);
      CAPTURE(elasticity);
      const RandomMarket market(seed, elasticity);
      const ScarcityValue low = market.solve(array({1.0, 1.0, 1.0}));
      const ScarcityValue high = market.solve(array({900.0, 20.0, 400.0}));
      REQUIRE(low.steps <= 25);
      REQUIRE(low.excess <= 1e-3);
      for (Eigen::Index k = 0; k < 3; ++k) REQUIRE(low.price[k] == doctest::Approx(high.price[k]).epsilon(2e-3));
    }
}

TEST_CASE("more of any product makes no product dearer") {
  for (std::uint32_t seed = 1; seed <= 50; ++seed)
    for (Eigen::Index more = 0; more < 3; ++more) {
      CAPTURE(seed);
      RandomMarket market(seed, 0.5);
      market.terms.tolerance = 1e-7;
      const ScarcityValue before = market.solve(array({30.0, 30.0, 30.0}));
      market.terms.supply[more] *= 1.3;
      const ScarcityValue after = market.solve(array({30.0, 30.0, 30.0}));
      REQUIRE(after.price[more] < before.price[more]);
      for (Eigen::Index k = 0; k < 3; ++k) REQUIRE(after.price[k] <= before.price[k] * (1.0 + 1e-5));
    }
}

TEST_CASE("holders want what buyers of the value of what they hold want") {
  const Eigen::ArrayXd held = array({4.0, 0.0, 9.0, 1.0});
  const Eigen::ArrayXd spend = array({40.0, 25.0, 40.0, 2.0});
  DemandCurve holders(0.7);
  holders.set_holders(held, spend, 0.5);
  DemandCurve buyers(0.7);
  buyers.set((spend / held.max(0.5)).pow(1.0 / 0.7), -held.max(0.5), spend);
  CHECK(holders.highest_value() == doctest::Approx(buyers.highest_value()));
  for (const double cost : {0.1, 1.0, 2.5, 5.0, 12.0, 26.0, 100.0, 300.0})
    CHECK(holders.wanted_at(cost) == doctest::Approx(buyers.wanted_at(cost)));
}

TEST_CASE("a curve that is set again forgets what it was") {
  DemandCurve curve = staircase(10);
  curve.set(array({5.0, 7.0}), array({2.0, 1.0}), array({0.0, 0.0}));
  CHECK(curve.wanted_at(7.0) == 1.0);
  CHECK(curve.wanted_at(5.0) == 3.0);
  CHECK(curve.wanted_at(7.1) == 0.0);
  CHECK(curve.highest_value() == 7.0);
}

}  // namespace
}  // namespace chokepoint::models
