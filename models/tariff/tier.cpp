#include "models/tariff/tier.hpp"

#include <algorithm>

namespace chokepoint::models {

double marginal_cost(std::span<const Tier> tiers, double quantity) {
  double cost = 0.0;
  double lower = 0.0;
  for (std::size_t i = 0; i < tiers.size() && quantity > lower; ++i) {
    const double upper = i + 1 == tiers.size() ? quantity : std::min(quantity, tiers[i].max);
    if (upper <= lower) continue;
    cost += (upper - lower) * tiers[i].rate;
    lower = upper;
  }
  return cost;
}

}  // namespace chokepoint::models
