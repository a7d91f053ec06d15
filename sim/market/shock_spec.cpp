#include "sim/market/shock_spec.hpp"

#include <array>

namespace chokepoint::sim {

std::span<const std::string> shock_kind_names() {
  static const std::array<std::string, 12> names{
      "export-rule",   "import-stop", "foundry-outage",    "capacity-ramp",  "demand-surge", "product-launch",
      "exchange-rate", "tariff",      "power-curtailment", "financing-stop", "price-war",    "rumour"};
  return names;
}

}  // namespace chokepoint::sim
