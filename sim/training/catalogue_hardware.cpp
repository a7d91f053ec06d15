#include "sim/training/catalogue_hardware.hpp"

#include <algorithm>

#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {
namespace {
constexpr double unmeasured_share = 0.85;
constexpr double unknown_network_bytes_per_s = 25e9;
/// PCIe 4.0 x16, both directions: what accelerators without links of their own have.
constexpr double pcie_bytes_per_s = 64e9;
}  // namespace

models::TrainingHardware training_hardware(const models::Accelerator& accelerator, int gpus_per_node) {
  models::TrainingHardware hardware{.peak_flop_per_s = accelerator.bf16_flop_per_s,
                                    .memory_bytes = accelerator.memory_bytes,
                                    .memory_bytes_per_s = accelerator.memory_bytes_per_s,
                                    .link_bytes_per_s = accelerator.link_bytes_per_s.value_or(pcie_bytes_per_s) / 2.0,
                                    .gpus_per_node = gpus_per_node};
  hardware.matmul_flop_per_s =
      accelerator.measured_matmul_flop_per_s.value_or(unmeasured_share * accelerator.bf16_flop_per_s);
  if (accelerator.fp8_flop_per_s)
    hardware.fp8_matmul_flop_per_s =
        *accelerator.fp8_flop_per_s * hardware.matmul_flop_per_s / hardware.peak_flop_per_s;
  for (const auto& [name, entry] : catalogue().servers.entries())
    if (entry.value.accelerator.name == accelerator.name && entry.value.network_bytes_per_s)
      hardware.network_bytes_per_s =
          std::max(hardware.network_bytes_per_s, *entry.value.network_bytes_per_s / entry.value.gpus);
  if (hardware.network_bytes_per_s == 0.0) hardware.network_bytes_per_s = unknown_network_bytes_per_s;
  return hardware;
}

models::TrainingHardware training_hardware(const models::Server& server) {
  models::TrainingHardware hardware = training_hardware(server.accelerator, server.gpus);
  if (server.network_bytes_per_s) hardware.network_bytes_per_s = *server.network_bytes_per_s / server.gpus;
  return hardware;
}

bool hopper_or_later(const models::Accelerator& accelerator) {
  return accelerator.fp8_flop_per_s.has_value();
}

}  // namespace chokepoint::sim
