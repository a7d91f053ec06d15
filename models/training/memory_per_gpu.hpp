#pragma once

#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// What the fullest GPU of a training run holds, bytes. Activations follow Korthikanti et al. (arXiv:2205.05198, table
/// 2 and section 4.2) with widths of their own for keys, values and feed-forward; states follow ZeRO
/// (arXiv:1910.02054): 2 bytes of parameter, the framework's of gradient, 12 of optimizer. Leaves out the allocator's
/// waste, communication buffers and layers that sharded parameters gather; refuses mixtures of experts and latent
/// attention.
struct GpuMemory {
  double states_bytes = 0.0;
  double activations_bytes = 0.0;

  [[nodiscard]] double total_bytes() const { return states_bytes + activations_bytes; }
};

/// Who shares out the states, and in what form they are.
struct StateSharding {
  Sharding sharding = Sharding::none;
  int ranks = 1;
  int gradient_bytes = 4;
};

/// Bytes that one parameter of a model shard takes on a GPU.
[[nodiscard]] double state_bytes_per_parameter(const StateSharding& sharding);

/// Bytes that one layer keeps of one micro-batch for the backward pass.
[[nodiscard]] double activation_bytes_of_layer(const TrainingSetup& setup);

/// Expects a plan whose ranks divide the model and the batch.
[[nodiscard]] GpuMemory memory_per_gpu(const TrainingSetup& setup);

}  // namespace chokepoint::models
