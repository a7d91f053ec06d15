#include "models/finance/amortised_training_cost.hpp"

#include <numbers>

namespace chokepoint::models {
namespace {
constexpr double orders_of_magnitude_a_year = 0.14;
constexpr double hours_a_year = 8766.0;
}  // namespace

double AmortisedTrainingCost::hardware() const {
  const double price = accelerator_price * server_multiplier / (1.0 - interconnect_share);
  return price * orders_of_magnitude_a_year * std::numbers::ln10 / hours_a_year * hours * accelerators;
}

}  // namespace chokepoint::models
