#include "models/market/compute_demand.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("the last unit of what is held at a cost is worth that cost") {
  const ComputeDemand demand{.elasticity = 0.7};
  for (const double cost : {0.5, 1.0, 80000.0})
    CHECK(demand.value_of_last(3.0, 3.0 * demand.held_a_spend(cost)) == doctest::Approx(cost));
  CHECK(demand.held_a_spend(2.0) / demand.held_a_spend(1.0) == doctest::Approx(0.6156).epsilon(1e-4));
}

}  // namespace
}  // namespace chokepoint::models
