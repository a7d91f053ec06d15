#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/hardware/accelerator.hpp"
#include "sim/market/shock_spec.hpp"

namespace chokepoint::sim {

/// What a market has that shocks may name.
struct ShockSurroundings {
  struct Product {
    std::string name;
    const models::Accelerator* accelerator = nullptr;
  };

  std::vector<std::string> regions;
  std::vector<Product> products;
};

/// Holds shocks against a market: regions and products that it does not have, and products that a rule cannot judge,
/// since the catalogue does not know an attribute. `refuse` gets the place within the list of shocks, such as
/// "/0/products/1", then what was expected and found, and a hint.
using RefuseShock =
    std::function<void(const std::string& place, std::string expected, std::string found, std::string hint)>;
void check_shocks(std::span<const ShockSpec> shocks, const ShockSurroundings& market, const RefuseShock& refuse);

}  // namespace chokepoint::sim
