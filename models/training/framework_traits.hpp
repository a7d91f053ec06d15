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
};

}  // namespace chokepoint::models
