#include "models/market/rent_setting.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

/// The rent after many steps, for tenants who would use `size` rent^-elasticity of a capacity of 1.
double rest(const RentTerms& terms, double size, double rent) {
  for (int step = 0; step < 2000; ++step) rent = posted_rent(terms, rent, size * std::pow(rent, -terms.elasticity));
  return rent;
}

TEST_CASE("where capacity is short the rent comes to rest where demand fills it") {
  const RentTerms terms{.running_cost = 1.0, .rivals = 3.0, .elasticity = 1.5};
  for (const double start : {0.1, 1e4}) CHECK(rest(terms, 50.0, start) == doctest::Approx(std::pow(50.0, 1.0 / 1.5)));
}

// Cournot: rent (1 - 1 / (n elasticity)) = cost.
TEST_CASE("where capacity is to spare the rent comes to rest where rivals leave it") {
  for (const double rivals : {2.0, 5.0, 50.0}) {
    const RentTerms terms{.running_cost = 1.0, .rivals = rivals};
    for (const double start : {0.5, 300.0}) CHECK(rest(terms, 0.5, start) == doctest::Approx(rivals / (rivals - 1.0)));
  }
}

TEST_CASE("more rivals never mean a higher rent") {
  double before = rival_rent({.running_cost = 2.0, .rivals = 2.0, .elasticity = 0.8});
  for (double rivals = 3.0; rivals < 100.0; rivals += 1.0) {
    const double rent = rival_rent({.running_cost = 2.0, .rivals = rivals, .elasticity = 0.8});
    REQUIRE(rent < before);
    before = rent;
  }
  CHECK(before > 2.0);
}

TEST_CASE("a lone lessor of what tenants cannot do without is bounded by capacity alone") {
  const RentTerms terms{.running_cost = 1.0, .rivals = 1.0, .elasticity = 0.5};
  CHECK(std::isinf(rival_rent(terms)));
  CHECK(rest(terms, 4.0, 2.0) == doctest::Approx(16.0));
}

}  // namespace
}  // namespace chokepoint::models
