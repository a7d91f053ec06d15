#include "models/tariff/tier.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace chokepoint::models;

TEST_CASE("each tier charges what lies within it") {
  const std::vector<Tier> tiers{{.max = 100, .rate = 20}, {.max = 150, .rate = 15}, {.rate = 10}};
  CHECK(marginal_cost(tiers, 0) == 0);
  CHECK(marginal_cost(tiers, 60) == 1200);
  CHECK(marginal_cost(tiers, 100) == 2000);
  CHECK(marginal_cost(tiers, 120) == 2300);
  CHECK(marginal_cost(tiers, 200) == 2000 + 750 + 500);
}

TEST_CASE("what lies beyond the last limit costs the last rate") {
  CHECK(marginal_cost(std::vector<Tier>{{.max = 100, .rate = 2}}, 150) == 300);
  CHECK(marginal_cost({}, 150) == 0);
}
