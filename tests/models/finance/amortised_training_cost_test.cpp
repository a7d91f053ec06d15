#include "models/finance/amortised_training_cost.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("the cost of a GPT-4 like run by the rule of Epoch AI is 67.5 million dollars") {
  // arXiv:2405.21015: 25,000 A100 for 95 days; 69 million published for GPT-4.
  const double hours = 95.0 * 24.0;
  const AmortisedTrainingCost cost{.accelerator_price = 15000.0,
                                   .accelerators = 25000.0,
                                   .hours = hours,
                                   .server_multiplier = 1.66,
                                   .energy_kwh = 25000.0 / 8.0 * 6.5 * 0.75 * 1.1 * hours,
                                   .price_per_kwh = 0.08};
  CHECK(cost.total() == doctest::Approx(67.5e6).epsilon(0.01));
  CHECK(cost.energy() / cost.total() > 0.02);
  CHECK(cost.energy() / cost.total() < 0.06);
}

}  // namespace chokepoint::models
