#include "models/market/dealer_offer.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("a dealer without stock to wait for takes what it expects and one with a year of it less its cost") {
  CHECK(reservation_price({.expected_price = 120.0, .carrying_cost = 0.2}) == 120.0);
  CHECK(reservation_price({.expected_price = 120.0, .days_of_stock = 365.0, .carrying_cost = 0.2}) == 100.0);
}

TEST_CASE("a dealer shows less the further the price lies under what it would take") {
  const OfferTerms terms{.turnover = 0.1, .withholding = 2.0};
  CHECK(offered_quantity(terms, 1000, 1.0) == doctest::Approx(100.0));
  CHECK(offered_quantity(terms, 1000, 0.5) == doctest::Approx(25.0));
  CHECK(offered_quantity(terms, 1000, 10.0) == 1000.0);
  CHECK(offered_quantity({.turnover = 0.1, .withholding = 0.0}, 1000, 0.5) == doctest::Approx(100.0));
}

}  // namespace
}  // namespace chokepoint::models
