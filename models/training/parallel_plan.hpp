#pragma once

#include <cstdint>

namespace chokepoint::models {

/// What the backward pass computes again in place of keeping it: nothing, the core of attention (Korthikanti et al.,
/// arXiv:2205.05198), or the whole forward pass.
enum class Recompute { none, selective, full };

/// What the ranks of data parallelism share out among them (ZeRO, arXiv:1910.02054): nothing, optimizer states (stage
/// 1, Megatron's distributed optimizer), gradients too (stage 2), parameters too (stage 3, FSDP), or parameters within
/// a node and nothing across nodes (hybrid).
enum class Sharding { none, optimizer, gradients, parameters, hybrid };

/// How a training step is spread over GPUs. Ranks in each dimension, at least 1; tensor ranks are neighbours, then
/// context, data, pipeline.
struct ParallelPlan {
  int tensor = 1;
  int pipeline = 1;
  int data = 1;
  int context = 1;
  /// Of the tensor, context and data ranks of a stage, neighbours that share out the experts of a mixture; each holds
  /// its experts whole.
  int expert = 1;
  /// Sequences that a data rank passes through the pipeline at once.
  int micro_batch = 1;
  /// Chunks of layers that a pipeline stage holds (interleaved schedule, arXiv:2104.04473), 1 for plain 1F1B.
  int interleave = 1;
  bool sequence_parallel = false;
  Recompute recompute = Recompute::none;
  Sharding sharding = Sharding::none;

  [[nodiscard]] std::int64_t gpus() const { return std::int64_t{tensor} * pipeline * data * context; }
};

}  // namespace chokepoint::models
