#include "models/training/memory_per_gpu.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/training/layer_time.hpp"
#include "models/training/stage_layers.hpp"

namespace chokepoint::models {
namespace {

/// What the experts of a mixture keep of a token: its copies and, of each, gate, product and their activation, which
/// selective recomputation spares. Products in fp8 keep their inputs in fp8.
double expert_bytes(const TrainingSetup& setup) {
  const MixtureOfExperts& experts = *setup.task.model.experts;
  const double unit = setup.task.precision == Precision::fp8 ? 1.0 : 2.0;
  const double activated = setup.plan.recompute == Recompute::selective ? 2.0 : 3.0;
  const double used = experts.active * MixtureConstants{}.imbalance;
  return unit * used * setup.task.model.hidden + unit * activated * (used + experts.shared) * experts.expert_ffn_hidden;
}

/// Keys, values and queries that attention keeps, and its result; with latents and selective recomputation only these
/// and the result.
double attention_bytes(const TrainingSetup& setup) {
  const Transformer& model = setup.task.model;
  if (!model.latent) return 4.0 * model.width_of_head() * (model.heads + model.kv_heads);
  const LatentAttention& latent = *model.latent;
  const double latents = 2.0 * (latent.query_rank + latent.key_value_rank + latent.rope_head_dim);
  const double result = 2.0 * model.heads * model.width_of_values();
  if (setup.plan.recompute == Recompute::selective) return latents + result;
  return latents + 2 * result + 4.0 * model.heads * model.width_of_keys();
}

double bytes_of_layer(const TrainingSetup& setup, Recompute recompute, bool mixture) {
  const Transformer& model = setup.task.model;
  const double h = model.hidden, t = setup.plan.tensor;
  const double whole_over = setup.plan.sequence_parallel ? t : 1.0;
  const double tokens = tokens_of_micro_batch(setup);
  if (recompute == Recompute::full) return tokens * 2 * h / whole_over;

  const double feed_forward = mixture ? expert_bytes(setup) : (model.gated ? 6.0 : 4.0) * model.ffn_hidden;
  const bool keeps_scores = recompute == Recompute::none && !setup.framework.fused_attention;
  const double scores = keeps_scores ? 5.0 * model.heads * setup.task.sequence : 0.0;
  return tokens * (10 * h / whole_over + (attention_bytes(setup) + feed_forward + scores) / t);
}

/// Of all layers of a stage.
double bytes_of_stage(const TrainingSetup& setup, const StageLayers& stage) {
  double bytes = 0.0;
  if (stage.dense > 0) bytes += stage.dense * bytes_of_layer(setup, setup.plan.recompute, false);
  if (stage.mixture > 0) bytes += stage.mixture * bytes_of_layer(setup, setup.plan.recompute, true);
  return bytes;
}

/// Of weights that `copies` ranks hold, `apart` GPUs from each other.
StateSharding state_sharding(const TrainingSetup& setup, int copies, int apart) {
  const int in_node = std::min(copies, std::max(1, setup.hardware.gpus_per_node / apart));
  return {.sharding = setup.plan.sharding,
          .ranks = setup.plan.sharding == Sharding::hybrid ? in_node : copies,
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
  return bytes_of_layer(setup, setup.plan.recompute, mixture_layers(setup.task.model) > 0);
}

GpuMemory memory_per_gpu(const TrainingSetup& setup) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  const ParameterCount count = parameters(model);
  const double experts = held_parameters(model, plan).experts;
  const std::vector<StageLayers> stages = layers_of_stages(model, plan);
  const int layers = stages.front().dense + stages.front().mixture;
  const double experts_of_model =
      model.experts ? mixture_layers(model) * layer_matrices(model, true).expert * model.experts->experts : 0.0;
  const double beside_experts = count.layer - experts_of_model / model.layers;
  const double shard =
      (layers * beside_experts + count.embedding / (plan.pipeline > 1 && !model.tied_embeddings ? 2 : 1)) / plan.tensor;

  const int micro_batches = std::max(1, setup.task.global_batch / (plan.data * plan.micro_batch));
  const double fill = plan.interleave > 1 ? plan.pipeline + (plan.pipeline - 1.0) / plan.interleave : plan.pipeline;
  const double tokens = tokens_of_micro_batch(setup);
  const double logits = 4 * tokens * (model.hidden + static_cast<double>(model.vocabulary)) / plan.tensor;
  const double first_stage = bytes_of_stage(setup, stages.front()) * std::min<double>(fill, micro_batches);
  const double last_stage = bytes_of_stage(setup, plan.pipeline == 1 ? stages.front() : stages.back()) + logits;

  GpuMemory memory;
  const int everyone = plan.data * plan.context;
  memory.states_bytes = shard * state_bytes_per_parameter(state_sharding(setup, everyone, plan.tensor)) +
                        experts * state_bytes_per_parameter(state_sharding(setup, expert_copies(plan), plan.expert));
  memory.activations_bytes = plan.pipeline == 1 ? last_stage : std::max(first_stage, last_stage);
  // While a layer is computed again it holds everything that it otherwise would have kept.
  if (plan.recompute == Recompute::full)
    memory.activations_bytes += bytes_of_layer(setup, Recompute::none, stages.back().mixture > 0);
  return memory;
}

}  // namespace chokepoint::models
