#include "models/market/substitution.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

Substitutes two_products(double value) {
  return {.value = value, .effective = Eigen::ArrayXd{{1.0, 2.0}}, .price = Eigen::ArrayXd{{10.0, 25.0}}};
}

TEST_CASE("shares follow worth over price and leave room for buying nothing") {
  // x = 2 and 1.6: 4 / (1 + 4 + 2.56) and 2.56 / 7.56.
  const Eigen::ArrayXd shares = choice_shares(two_products(20.0), 2.0);
  CHECK(shares(0) == doctest::Approx(4.0 / 7.56));
  CHECK(shares(1) == doctest::Approx(2.56 / 7.56));
}

TEST_CASE("a sharp buyer takes the best product or none") {
  const Eigen::ArrayXd rich = choice_shares(two_products(1000.0), 5000.0);
  CHECK(rich(0) == doctest::Approx(1.0));
  CHECK(rich(1) == doctest::Approx(0.0));
  const Eigen::ArrayXd poor = choice_shares(two_products(9.0), 5000.0);
  CHECK(poor.sum() == doctest::Approx(0.0));
}

TEST_CASE("what rises in price loses to its substitute") {
  Substitutes dearer = two_products(20.0);
  dearer.price(0) = 12.0;
  const Eigen::ArrayXd before = choice_shares(two_products(20.0), 8.0);
  const Eigen::ArrayXd after = choice_shares(dearer, 8.0);
  CHECK(after(0) < before(0));
  CHECK(after(1) > before(1));
}

TEST_CASE("a product without a price is worth what the cheapest other costs a unit of compute") {
  const Eigen::ArrayXd compute{{1.0, 2.0, 3.0}};
  CHECK(worth_as_others(Eigen::ArrayXd{{0.0, 20.0, 24.0}}, compute, 0) == doctest::Approx(8.0));
  CHECK(worth_as_others(Eigen::ArrayXd{{5.0, 20.0, 0.0}}, compute, 0) == doctest::Approx(10.0));
  CHECK(worth_as_others(Eigen::ArrayXd{{5.0, 0.0, 0.0}}, compute, 0) == 0.0);
}

TEST_CASE("the cost of moving is learned away") {
  CHECK(price_with_switching(100.0, 0.4, 0.0, 10.0) == doctest::Approx(140.0));
  CHECK(price_with_switching(100.0, 0.4, 20.0, 10.0) == doctest::Approx(110.0));
  CHECK(price_with_switching(100.0, 0.4, 1e6, 10.0) == doctest::Approx(100.0));
}

}  // namespace
}  // namespace chokepoint::models
