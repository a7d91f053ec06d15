#pragma once

#include <optional>

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

}  // namespace chokepoint::models
