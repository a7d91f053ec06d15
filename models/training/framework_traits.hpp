#pragma once

#include <string>

namespace chokepoint::models {

/// How a training framework does what the plan says; facts about the software, each with its source in the table of
/// frameworks, never fitted.
struct FrameworkTraits {
  std::string name;
  /// Attention in one kernel that keeps no scores (FlashAttention) or product by product.
  bool fused_attention = true;
  /// Share of traffic that may run behind computation: tensor traffic, data traffic.
  bool overlaps_tensor_traffic = false;
  bool overlaps_data_traffic = true;
  /// Bytes in which a gradient is exchanged.
  int gradient_bytes = 4;
  /// Rate of the fused attention kernel over FlashAttention of 2022 on A100, as a share of the matrix product.
  double attention_kernel_rate = 1.0;
  /// Bias, activation, dropout, residual and norm in fused kernels, by hand or by a compiler.
  bool fused_elementwise = true;
  /// Full recomputation stops at the last tensor that the backward pass needs (PyTorch checkpoints).
  bool recompute_stops_early = false;
  /// Has the interleaved pipeline schedule.
  bool interleaves = true;
};

}  // namespace chokepoint::models
