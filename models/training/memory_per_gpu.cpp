#include "models/training/memory_per_gpu.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double tokens_of_micro_batch(const TrainingSetup& setup) {
  return static_cast<double>(setup.plan.micro_batch) * setup.task.sequence / setup.plan.context;
}

double bytes_of_layer(const TrainingSetup& setup, Recompute recompute) {
  const Transformer& model = setup.task.model;
  const double h = model.hidden, t = setup.plan.tensor, width = model.width_of_head();
  const double whole_over = setup.plan.sequence_parallel ? t : 1.0;
  const double tokens = tokens_of_micro_batch(setup);
  if (recompute == Recompute::full) return tokens * 2 * h / whole_over;

  const double attention = 4 * width * (model.heads + model.kv_heads);
  const double feed_forward = (model.gated ? 6.0 : 4.0) * model.ffn_hidden;
  const bool keeps_scores = recompute == Recompute::none && !setup.framework.fused_attention;
  const double scores = keeps_scores ? 5.0 * model.heads * setup.task.sequence : 0.0;
  return tokens * (10 * h / whole_over + (attention + feed_forward + scores) / t);
}

StateSharding state_sharding(const TrainingSetup& setup) {
  const ParallelPlan& plan = setup.plan;
  const int in_node = std::min(plan.data, std::max(1, setup.hardware.gpus_per_node / plan.tensor));
  return {.sharding = plan.sharding,
          .ranks = plan.sharding == Sharding::hybrid ? in_node : plan.data,
          .gradient_bytes = setup.framework.gradient_bytes};
}

}  // namespace

double state_bytes_per_parameter(const StateSharding& sharding) {
  expects(sharding.ranks > 0, "state_bytes_per_parameter: at least one rank");
  const double ranks = sharding.ranks, gradient = sharding.gradient_bytes;
  switch (sharding.sharding) {
    case Sharding::none:
      return 2 + gradient + 12;
    case Sharding::optimizer:
      return 2 + gradient + 12 / ranks;
    case Sharding::gradients:
      return 2 + (gradient + 12) / ranks;
    case Sharding::parameters:
    case Sharding::hybrid:
      break;
  }
  return (2 + gradient + 12) / ranks;
}

double activation_bytes_of_layer(const TrainingSetup& setup) {
  return bytes_of_layer(setup, setup.plan.recompute);
}

GpuMemory memory_per_gpu(const TrainingSetup& setup) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  expects(!model.experts && !model.latent, "memory_per_gpu: a dense transformer with plain attention");
  const ParameterCount count = parameters(model);
  const int layers = (model.layers + plan.pipeline - 1) / plan.pipeline;
  const double shard =
      (layers * count.layer + count.embedding / (plan.pipeline > 1 && !model.tied_embeddings ? 2 : 1)) / plan.tensor;

  const int micro_batches = std::max(1, setup.task.global_batch / (plan.data * plan.micro_batch));
  const double fill = plan.interleave > 1 ? plan.pipeline + (plan.pipeline - 1.0) / plan.interleave : plan.pipeline;
  const double layer = activation_bytes_of_layer(setup);
  const double tokens = tokens_of_micro_batch(setup);
  const double logits = 4 * tokens * (model.hidden + static_cast<double>(model.vocabulary)) / plan.tensor;
  const double first_stage = layers * layer * std::min<double>(fill, micro_batches);
  const double last_stage = layers * layer + logits;

  GpuMemory memory;
  memory.states_bytes = shard * state_bytes_per_parameter(state_sharding(setup));
  memory.activations_bytes = plan.pipeline == 1 ? last_stage : std::max(first_stage, last_stage);
  // While a layer is computed again it holds everything that it otherwise would have kept.
  if (plan.recompute == Recompute::full) memory.activations_bytes += bytes_of_layer(setup, Recompute::none);
  return memory;
}

}  // namespace chokepoint::models
