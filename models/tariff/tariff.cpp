#include "models/tariff/tariff.hpp"

#include <numeric>

namespace chokepoint::models {

std::chrono::seconds metering_step(const Tariff& tariff) {
  std::int64_t step = 900;
  step = std::gcd(step, tariff.demand_window.count());
  for (const auto& charge : tariff.charges) step = std::gcd(step, charge->interval().count());
  return std::chrono::seconds{step};
}

}  // namespace chokepoint::models
