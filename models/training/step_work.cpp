#include "models/training/step_work.hpp"

#include <algorithm>

#include "models/training/expert_exchange.hpp"
#include "models/training/layer_time.hpp"
#include "models/training/stage_layers.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::models {
namespace {

/// Ranks that hold the same weights: how many, and how far apart.
struct Copies {
  int ranks;
  int apart;
};

DataTraffic data_traffic(const TrainingSetup& setup, double parameters, int micro_batches, Copies copies) {
  const ParallelPlan& plan = setup.plan;
  DataTraffic traffic{.ranks = copies.ranks, .apart = copies.apart};
  if (copies.ranks == 1 || parameters == 0.0) return traffic;
  const double gradients = setup.framework.gradient_bytes * parameters;
  const double times = plan.pipeline > 1 ? 1.0 : micro_batches;
  const int in_node = std::min(copies.ranks, std::max(1, setup.hardware.gpus_per_node / copies.apart));
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
      traffic.by_one_card = setup.framework.shards_by_one_card;
      traffic.reduce_scatters = times;
      traffic.all_gathers = 2 * times;
      break;
  }
  traffic.reduce_scatter_bytes = gradients;
  traffic.all_gather_bytes = 2 * parameters;
  return traffic;
}

/// What a layer of the kind exchanges, added to a chunk that has `layers` of it.
void add_exchanges(const TrainingSetup& setup, double layers, bool mixture, ChunkWork& chunk) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  const bool again = plan.recompute == Recompute::full;
  const double tokens = tokens_of_micro_batch(setup);
  if (plan.tensor > 1) {
    // The layers' two, of which a mixture has one: its tokens go to the experts from the rank that has them.
    const double allreduces = (mixture && plan.sequence_parallel ? 1 : 2) * layers;
    chunk.tensor_allreduces_forward += allreduces;
    chunk.tensor_allreduces_backward += (again ? 2 : 1) * allreduces;
    chunk.tensor_allreduce_bytes = 2 * tokens * model.hidden;
  }
  if (plan.context > 1) {
    chunk.context_gathers_forward += layers;
    chunk.context_gathers_backward += (again ? 3 : 2) * layers;
    const double keys_values = model.latent
                                   ? model.heads * static_cast<double>(model.width_of_keys() + model.width_of_values())
                                   : model.kv_heads * 2.0 * model.width_of_head();
    chunk.context_gather_bytes = 2 * tokens * plan.context * keys_values / plan.tensor;
  }
  if (mixture && plan.expert > 1) {
    const ExpertExchange exchange = expert_exchange(setup);
    chunk.expert_exchanges_forward += 2 * layers;
    chunk.expert_exchanges_backward += (again ? 4 : 2) * layers;
    chunk.expert_link_bytes = exchange.link_bytes;
    chunk.expert_network_bytes = exchange.network_bytes;
  }
}

}  // namespace

StepWork step_work(const TrainingSetup& setup, const StepConstants& constants) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  const FrameworkTraits& framework = setup.framework;
  const double t = plan.tensor, h = model.hidden;
  const double tokens = tokens_of_micro_batch(setup);
  const double memory = constants.memory * setup.hardware.memory_bytes_per_s;
  const bool has_dense = mixture_layers(model) < model.layers;
  const LayerTime dense = has_dense ? layer_time(setup, constants, false) : LayerTime{};
  const LayerTime mixture = model.experts ? layer_time(setup, constants, true) : LayerTime{};

  StepWork work;
  work.plan = plan;
  work.micro_batches = std::max(1, setup.task.global_batch / (plan.data * plan.micro_batch));
  work.stage_to_stage_bytes = plan.pipeline > 1 ? 2 * tokens * h / t : 0.0;

  for (const StageLayers& stage : layers_of_stages(model, plan)) {
    const double densely = stage.dense / static_cast<double>(plan.interleave);
    const double mixed = stage.mixture / static_cast<double>(plan.interleave);
    ChunkWork chunk{.forward_s = densely * dense.forward_s + mixed * mixture.forward_s,
                    .backward_s = densely * dense.backward_s + mixed * mixture.backward_s,
                    .recompute_s = densely * dense.recompute_s + mixed * mixture.recompute_s};
    if (stage.dense > 0) add_exchanges(setup, densely, false, chunk);
    if (stage.mixture > 0) add_exchanges(setup, mixed, true, chunk);
    work.stages.push_back(chunk);
  }
  const double logits = tokens * model.vocabulary / t;
  const double product_s = 2 * logits * h / (constants.matmul * setup.hardware.matmul_flop_per_s);
  work.stages.back().forward_s += (product_s + 8 * logits / memory) / plan.interleave;
  work.stages.back().backward_s += (2 * product_s + 12 * logits / memory) / plan.interleave;

  const HeldParameters held = held_parameters(model, plan);
  const int everyone = plan.data * plan.context;
  work.data = data_traffic(setup, held.everywhere, work.micro_batches, {everyone, plan.tensor});
  work.expert_data = data_traffic(setup, held.experts, work.micro_batches, {expert_copies(plan), plan.expert});
  const bool whole = plan.sharding == Sharding::none;
  work.optimizer_s =
      30 * (held.everywhere / (whole ? 1 : everyone) + held.experts / (whole ? 1 : expert_copies(plan))) / memory;
  work.tensor_overlap = framework.overlaps_tensor_traffic ? constants.overlap : 0.0;
  work.pipeline_overlap = framework.overlaps_pipeline_traffic && plan.interleave > 1 ? constants.overlap : 0.0;
  work.context_overlap = framework.overlaps_context_traffic ? constants.overlap : 0.0;
  work.expert_overlap = framework.overlaps_expert_traffic ? constants.overlap : 0.0;
  work.data_overlap = framework.overlaps_data_traffic ? constants.overlap : 0.0;
  return work;
}

}  // namespace chokepoint::models
