#include "models/market/supply_contract.hpp"

#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

constexpr SupplyContract contract{.price = 100.0, .quantity = 200, .deposit_share = 0.2, .penalty_share = 0.1};

/// What a seller who keeps back `kept` goods has more than one who delivers all.
double advantage(double spot, double reputation, std::int64_t kept) {
  const double share = static_cast<double>(kept) / static_cast<double>(contract.quantity);
  const double lost = reputation * contract.price * static_cast<double>(contract.quantity) * share * share;
  return contract.breach_gain(spot) * static_cast<double>(kept) - lost;
}

TEST_CASE("a seller delivers while the spot price does not beat price and penalty") {
  CHECK(contract.breach_gain(110.0) == doctest::Approx(0.0));
  CHECK(goods_kept_back(contract, 110.0, 0.0) == 0);
  CHECK(goods_kept_back(contract, 150.0, 0.0) == 200);
}

TEST_CASE("what a seller keeps back leaves more than any other number of goods") {
  for (const double spot : {90.0, 115.0, 130.0, 180.0, 400.0}) {
    for (const double reputation : {0.1, 0.4, 2.0}) {
      std::int64_t best = 0;
      for (std::int64_t kept = 1; kept <= contract.quantity; ++kept)
        if (advantage(spot, reputation, kept) > advantage(spot, reputation, best)) best = kept;
      CAPTURE(spot);
      CAPTURE(reputation);
      CHECK(std::abs(goods_kept_back(contract, spot, reputation) - best) <= 1);
    }
  }
}

TEST_CASE("a larger deposit holds the buyer longer") {
  CHECK(contract.walk_away_gain(80.0) == doctest::Approx(0.0));
  SupplyContract bare = contract;
  bare.deposit_share = 0.0;
  CHECK(bare.walk_away_gain(90.0) > 0.0);
  CHECK(contract.walk_away_gain(90.0) < 0.0);
}

}  // namespace
}  // namespace chokepoint::models
