#include "models/market/import_offer.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

// 140,000 at home at a rate of 7 are 20,000 abroad; a tenth lost leaves 18,000, and a gain of a fifth 15,000 to pay.
TEST_CASE("importers pay abroad what leaves them their gain after losses") {
  CHECK(most_paid_abroad({.premium = 0.2, .loss = 0.1}, 140000.0, 7.0) == doctest::Approx(15000.0));
  CHECK(most_paid_abroad({}, 140000.0, 7.0) == doctest::Approx(20000.0));
}

}  // namespace
}  // namespace chokepoint::models
