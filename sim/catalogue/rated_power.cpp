#include "sim/catalogue/rated_power.hpp"

#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {

std::optional<double> rated_power_w(const models::Accelerator& accelerator) {
  for (const auto& [name, entry] : catalogue().servers.entries())
    if (entry.value.accelerator.name == accelerator.name) return entry.value.rated_power_w / entry.value.gpus;
  return accelerator.tdp_w;
}

}  // namespace chokepoint::sim
