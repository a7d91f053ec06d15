#include "models/market/list_price_review.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("a list price moves a step at a review and no further than its limits") {
  const ListPriceReview review{.step = 0.1, .most = 0.2};
  CHECK(reviewed_level(review, 1.0, 1.5) == doctest::Approx(1.1));
  CHECK(reviewed_level(review, 1.0, 1.05) == 1.0);
  CHECK(reviewed_level(review, 1.0, 0.99) == doctest::Approx(0.9));
  CHECK(reviewed_level(review, 1.15, 1.5) == doctest::Approx(1.2));
  CHECK(reviewed_level(review, 0.8, 0.5) == doctest::Approx(0.8));
}

}  // namespace
}  // namespace chokepoint::models
