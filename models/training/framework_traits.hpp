#pragma once

#include <string>

namespace chokepoint::models {

/// How a training framework does what the plan says; facts about the software, each with its source in the table of
/// frameworks, never fitted.
struct FrameworkTraits {
  std::string name;
  /// Attention in one kernel that keeps no scores (FlashAttention) or product by product.
  bool fused_attention = true;
  /// Traffic that may run behind computation: of tensor ranks, data ranks, interleaved pipeline stages, context ranks,
  /// expert ranks.
  bool overlaps_tensor_traffic = false;
  bool overlaps_data_traffic = true;
  bool overlaps_pipeline_traffic = false;
  bool overlaps_context_traffic = false;
  bool overlaps_expert_traffic = false;
  /// A token crosses the network once for each node that holds one of its experts, not once an expert; and does so in
  /// fp8 on its way to them, where products are in fp8.
  bool sends_token_once_a_node = false;
  bool dispatches_fp8 = false;
  /// Bytes in which a gradient is exchanged.
  int gradient_bytes = 4;
  /// Rate of the fused attention kernel over FlashAttention of 2022 on A100, as a share of the matrix product.
  double attention_kernel_rate = 1.0;
  /// Bias, activation, dropout, residual and norm in fused kernels, by hand or by a compiler.
  bool fused_elementwise = true;
  /// Operands are cast to fp8 in kernels of their own, not in the norm or activation before them.
  bool casts_apart = false;
  /// Full recomputation stops at the last tensor that the backward pass needs (PyTorch checkpoints).
  bool recompute_stops_early = false;
  /// Of a layer's products, what selective recomputation repeats, with all that is memory-bound.
  double selective_products = 0.0;
  /// Can share out parameters among data ranks (ZeRO-3, FSDP), which a planner may then choose.
  bool shards_parameters = true;
  /// Shards of parameters cross nodes by one card a GPU, not by all of its node together.
  bool shards_by_one_card = false;
  /// Has the interleaved pipeline schedule.
  bool interleaves = true;
};

}  // namespace chokepoint::models
