#include "models/power/power_cap.hpp"

#include <initializer_list>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("a quarter of the dynamic power gives half the speed") {
  CHECK(PowerCap{}.speed(0.25) == doctest::Approx(0.5));
  CHECK(PowerCap{}.least_dynamic_share() == doctest::Approx(0.25));
}

TEST_CASE("all of the dynamic power gives full speed and none a standstill") {
  for (const double exponent : {1.0, 2.0, 3.0}) {
    CHECK(PowerCap{.exponent = exponent}.speed(1.0) == 1.0);
    CHECK(PowerCap{.exponent = exponent}.speed(0.0) == 0.0);
  }
}

TEST_CASE("speed and dynamic share are each the inverse of the other") {
  for (const double exponent : {1.0, 2.0, 2.7})
    for (double share = 0.05; share <= 1.0; share += 0.05) {
      const PowerCap cap{.exponent = exponent};
      CHECK(cap.dynamic_share(cap.speed(share)) == doctest::Approx(share).epsilon(1e-12));
    }
}

}  // namespace chokepoint::models
