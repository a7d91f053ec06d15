#include "sim/market/dated_levels.hpp"

#include <array>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

constexpr std::array levels{DatedLevel{.day = 10.0, .level = 2.0}, DatedLevel{.day = 20.0, .level = 8.0}};

TEST_CASE("levels are held before the first and after the last date and go straight in between") {
  CHECK(straight_between(levels, -5.0) == 2.0);
  CHECK(straight_between(levels, 10.0) == 2.0);
  CHECK(straight_between(levels, 15.0) == 5.0);
  CHECK(straight_between(levels, 20.0) == 8.0);
  CHECK(straight_between(levels, 900.0) == 8.0);
}

TEST_CASE("steady growth goes by factors") {
  const SteadyGrowth growth(levels);
  CHECK(growth.at(-5.0) == 2.0);
  CHECK(growth.at(10.0) == 2.0);
  CHECK(growth.at(15.0) == doctest::Approx(4.0).epsilon(1e-12));
  CHECK(growth.at(17.5) == doctest::Approx(4.0 * 1.4142135623730951).epsilon(1e-12));
  CHECK(growth.at(20.0) == 8.0);
  CHECK(growth.at(900.0) == 8.0);
  CHECK(SteadyGrowth(std::array{DatedLevel{.day = 3.0, .level = 7.0}}).at(0.0) == 7.0);
}

}  // namespace
}  // namespace chokepoint::sim
