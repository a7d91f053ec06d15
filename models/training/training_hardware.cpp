#include "models/training/training_hardware.hpp"

namespace chokepoint::models {
namespace {
constexpr double unmeasured_share = 0.85;
constexpr double unknown_network_bytes_per_s = 25e9;
/// PCIe 4.0 x16, both directions: what accelerators without links of their own have.
constexpr double pcie_bytes_per_s = 64e9;
}  // namespace

TrainingHardware training_hardware(const Accelerator& accelerator, const NodeOfGpus& node) {
  TrainingHardware hardware{.matmul_flop_per_s = accelerator.measured_matmul_flop_per_s.value_or(
                                unmeasured_share * accelerator.bf16_flop_per_s),
                            .peak_flop_per_s = accelerator.bf16_flop_per_s,
                            .memory_bytes = accelerator.memory_bytes,
                            .memory_bytes_per_s = accelerator.memory_bytes_per_s,
                            .link_bytes_per_s = accelerator.link_bytes_per_s.value_or(pcie_bytes_per_s) / 2.0,
                            .network_bytes_per_s = node.network_bytes_per_s.value_or(unknown_network_bytes_per_s),
                            .gpus_per_node = node.gpus};
  if (accelerator.fp8_flop_per_s)
    hardware.fp8_matmul_flop_per_s =
        *accelerator.fp8_flop_per_s * hardware.matmul_flop_per_s / hardware.peak_flop_per_s;
  return hardware;
}

bool hopper_or_later(const Accelerator& accelerator) {
  return accelerator.fp8_flop_per_s.has_value();
}

}  // namespace chokepoint::models
