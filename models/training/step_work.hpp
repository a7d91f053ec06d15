#pragma once

#include <vector>

#include "models/training/parallel_plan.hpp"

namespace chokepoint::models {

/// What one GPU of a pipeline stage does with one micro-batch in one chunk of its layers. Seconds of computation, and
/// what it exchanges meanwhile with its tensor, context and expert ranks.
struct ChunkWork {
  double forward_s = 0.0;
  /// With what is computed again.
  double backward_s = 0.0;
  /// Of `backward_s`, what is computed again.
  double recompute_s = 0.0;
  /// Among tensor ranks: so many collectives a pass, each as costly as an all-reduce of so many bytes (reduce-scatter
  /// and all-gather together count as one).
  double tensor_allreduces_forward = 0.0;
  double tensor_allreduces_backward = 0.0;
  double tensor_allreduce_bytes = 0.0;
  /// Among context ranks: so many gathers a pass of the keys and values of the whole sequence, each of so many bytes
  /// when gathered (backward: gathered again, and their gradients scattered, which counts as one more).
  double context_gathers_forward = 0.0;
  double context_gathers_backward = 0.0;
  double context_gather_bytes = 0.0;
  /// Among expert ranks: so many all-to-all exchanges a pass (a dispatch and a combine a layer), in each of which this
  /// GPU sends so many bytes to ranks of its own node, and so many to other nodes.
  double expert_exchanges_forward = 0.0;
  double expert_exchanges_backward = 0.0;
  double expert_link_bytes = 0.0;
  double expert_network_bytes = 0.0;
};

/// What `ranks` that hold the same weights exchange in a step, in bytes of the full buffer of one model shard. Ranks
/// are `apart` GPUs from each other.
struct DataTraffic {
  int ranks = 1;
  int apart = 1;
  /// Gradients: summed and left whole (all-reduce) or shared out (reduce-scatter), and parameters gathered; how often
  /// a step each happens (once a micro-batch for sharded parameters).
  double allreduce_bytes = 0.0;
  double reduce_scatter_bytes = 0.0;
  double reduce_scatters = 0.0;
  double all_gather_bytes = 0.0;
  double all_gathers = 0.0;
  /// Shards cross nodes by one card a GPU.
  bool by_one_card = false;
  /// Hybrid sharding: shards are scattered and gathered among the ranks of a node, sums go across.
  bool sharded_within_node = false;
};

/// A training step as computation and messages, apart from the fabric that carries them: what the closed form and the
/// simulated step both take.
struct StepWork {
  ParallelPlan plan;
  int micro_batches = 1;
  /// One a pipeline stage, first to last; each stage passes `plan.interleave` chunks.
  std::vector<ChunkWork> stages;
  /// From one stage to the next, for one GPU and micro-batch; the same backward.
  double stage_to_stage_bytes = 0.0;
  /// Of all weights but experts, among data and context ranks; and of the experts that a GPU holds, among those that
  /// hold the same ones.
  DataTraffic data;
  DataTraffic expert_data;
  double optimizer_s = 0.0;
  /// Share of tensor, pipeline, context, expert and data traffic that runs behind computation where there is enough of
  /// it.
  double tensor_overlap = 0.0;
  double pipeline_overlap = 0.0;
  double context_overlap = 0.0;
  double expert_overlap = 0.0;
  double data_overlap = 0.0;
};

}  // namespace chokepoint::models
