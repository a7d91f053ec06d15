#pragma once

#include <optional>

#include "models/hardware/accelerator.hpp"

namespace chokepoint::models {

/// What a training step sees of a GPU and its links. Rates in FLOP/s and bytes/s; links and network in one direction,
/// for one GPU with its share of the node's cards.
struct TrainingHardware {
  /// Best matrix product that was measured, else a stated share of the peak; and the peak, for MFU.
  double matmul_flop_per_s = 0.0;
  double peak_flop_per_s = 0.0;
  /// The same for fp8; none on parts without it.
  std::optional<double> fp8_matmul_flop_per_s{};
  double memory_bytes = 0.0;
  double memory_bytes_per_s = 0.0;
  double link_bytes_per_s = 0.0;
  double network_bytes_per_s = 0.0;
  /// GPUs that reach each other by link.
  int gpus_per_node = 8;
};

/// GPUs that reach each other by link, and the network of each of them in one direction, bytes/s; 200 Gbit/s where it
/// is not known.
struct NodeOfGpus {
  int gpus = 8;
  std::optional<double> network_bytes_per_s{};
};

/// What a training step sees of an accelerator: its best measured matrix product, else .85 of the peak (the measured
/// parts reach .78 to .87); fp8 in the same proportion; half of the links (a data sheet counts both directions), or
/// PCIe 4.0 where it has none.
TrainingHardware training_hardware(const Accelerator& accelerator, const NodeOfGpus& node);

/// Hopper brought products of fp8, which all NVIDIA's later parts have and none before (an A800 is an Ampere); kernels
/// and software for it are of 2022 or later.
bool hopper_or_later(const Accelerator& accelerator);

}  // namespace chokepoint::models
