#include "models/training/step_work.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::models {
namespace {

/// Seconds of one layer and micro-batch on one GPU.
struct LayerTime {
  double forward_s;
  double backward_s;
  double recompute_s;
};

LayerTime layer_time(const TrainingSetup& setup, const StepConstants& constants) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  const TrainingHardware& hardware = setup.hardware;
  const bool fp8 = setup.task.precision == Precision::fp8 && hardware.fp8_matmul_flop_per_s.has_value();
  const double t = plan.tensor, h = model.hidden;
  const double s = setup.task.sequence;
  const double tokens = plan.micro_batch * s / plan.context;
  const double memory = constants.memory * hardware.memory_bytes_per_s;

  const double product_rate = fp8 ? *hardware.fp8_matmul_flop_per_s : hardware.matmul_flop_per_s;
  const double linear_s = 2 * tokens * matrices_of_dense_layer(model) / t / (constants.matmul * product_rate);

  const double scores = tokens * s * model.heads / t;
  double core_s = 4 * scores * model.width_of_head() / (constants.attention * hardware.matmul_flop_per_s);
  double core_back_s = 0.0;
  if (setup.framework.fused_attention) {
    core_s *= 0.5 / setup.framework.attention_kernel_rate;
    core_back_s = 2.5 * core_s;
  } else {
    if (model.width_of_head() % 8 != 0) core_s *= constants.misaligned;
    core_back_s = 2 * core_s + 12 * scores / memory;
    core_s += 8 * scores / memory;
  }

  // Bytes through memory of a token: norms, dropout and residuals; what lies between the products.
  const double whole = 22 * h / (plan.sequence_parallel ? t : 1.0);
  const double split = (16 * h + (model.gated ? 6.0 : 4.0) * model.ffn_hidden) / t;
  double bytes = whole + split;
  if (!setup.framework.fused_elementwise) {
    bytes *= constants.eager;
    // Eager RMS norm and rotary embedding pass through fp32: 32 bytes a unit more than a fused norm, twice a layer; 20
    // a unit of queries and keys.
    if (model.gated) bytes += 2 * 32 * h + 20 * h * (1 + static_cast<double>(model.kv_heads) / model.heads);
  }
  const double bound_s = tokens * bytes / memory;

  const double forward_s = linear_s + core_s + bound_s + constants.layer_s;
  double again_s = 0.0;
  if (plan.recompute == Recompute::selective && !setup.framework.fused_attention) again_s = core_s;
  if (plan.recompute == Recompute::full) {
    again_s = forward_s;
    // Backward needs the inputs of the last product, not its output.
    if (setup.framework.recompute_stops_early)
      again_s -= 2 * tokens * h * model.ffn_hidden / t / (constants.matmul * product_rate);
  }
  return {forward_s, 2 * linear_s + core_back_s + 2 * bound_s + 2 * constants.layer_s + again_s, again_s};
}

DataTraffic data_traffic(const TrainingSetup& setup, double parameters, int micro_batches) {
  const ParallelPlan& plan = setup.plan;
  DataTraffic traffic;
  if (plan.data == 1) return traffic;
  const double gradients = setup.framework.gradient_bytes * parameters;
  const double times = plan.pipeline > 1 ? 1.0 : micro_batches;
  const int in_node = std::min(plan.data, std::max(1, setup.hardware.gpus_per_node / plan.tensor));
  switch (plan.sharding) {
    case Sharding::none:
      traffic.allreduce_bytes = gradients;
      return traffic;
    case Sharding::optimizer:
    case Sharding::gradients:
      traffic.reduce_scatters = traffic.all_gathers = 1.0;
      break;
    case Sharding::hybrid:
      traffic.sharded_within_node = true;
      traffic.allreduce_bytes = gradients / in_node;
      [[fallthrough]];
    case Sharding::parameters:
      traffic.reduce_scatters = times;
      traffic.all_gathers = 2 * times;
      break;
  }
  traffic.reduce_scatter_bytes = gradients;
  traffic.all_gather_bytes = 2 * parameters;
  return traffic;
}

}  // namespace

StepWork step_work(const TrainingSetup& setup, const StepConstants& constants) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  expects(!model.experts && !model.latent, "step_work: a dense transformer with plain attention");
  const double t = plan.tensor, h = model.hidden;
  const double tokens = static_cast<double>(plan.micro_batch) * setup.task.sequence / plan.context;
  const double memory = constants.memory * setup.hardware.memory_bytes_per_s;
  const LayerTime layer = layer_time(setup, constants);

  StepWork work;
  work.plan = plan;
  work.micro_batches = std::max(1, setup.task.global_batch / (plan.data * plan.micro_batch));
  work.stage_to_stage_bytes = plan.pipeline > 1 ? 2 * tokens * h / t : 0.0;

  const int most_layers = (model.layers + plan.pipeline - 1) / plan.pipeline;
  const int fewer = most_layers * plan.pipeline - model.layers;
  for (int stage = 0; stage < plan.pipeline; ++stage) {
    const double layers = static_cast<double>(most_layers - (stage >= plan.pipeline - fewer ? 1 : 0)) / plan.interleave;
    ChunkWork chunk{.forward_s = layers * layer.forward_s,
                    .backward_s = layers * layer.backward_s,
                    .recompute_s = layers * layer.recompute_s};
    if (plan.tensor > 1) {
      chunk.tensor_allreduces_forward = 2 * layers;
      chunk.tensor_allreduces_backward = (plan.recompute == Recompute::full ? 4 : 2) * layers;
      chunk.tensor_allreduce_bytes = 2 * tokens * h;
    }
    if (stage == plan.pipeline - 1) {
      const double logits = tokens * model.vocabulary / t;
      const double product_s = 2 * logits * h / (constants.matmul * setup.hardware.matmul_flop_per_s);
      chunk.forward_s += (product_s + 8 * logits / memory) / plan.interleave;
      chunk.backward_s += (2 * product_s + 12 * logits / memory) / plan.interleave;
    }
    work.stages.push_back(chunk);
  }

  const double embedding = static_cast<double>(model.vocabulary) * h;
  const double parameters = (most_layers * matrices_of_dense_layer(model) + embedding) / t;
  work.data = data_traffic(setup, parameters, work.micro_batches);
  const double owners = plan.sharding == Sharding::none ? 1.0 : plan.data;
  work.optimizer_s = 30 * parameters / owners / memory;
  work.tensor_overlap = setup.framework.overlaps_tensor_traffic ? constants.overlap : 0.0;
  work.data_overlap = setup.framework.overlaps_data_traffic ? constants.overlap : 0.0;
  return work;
}

}  // namespace chokepoint::models
