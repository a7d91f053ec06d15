#include "models/training/stage_layers.hpp"

#include <algorithm>

namespace chokepoint::models {

std::vector<StageLayers> layers_of_stages(const Transformer& model, const ParallelPlan& plan) {
  const int most = (model.layers + plan.pipeline - 1) / plan.pipeline;
  const int fewer = most * plan.pipeline - model.layers;
  const int of_chunk = (most + plan.interleave - 1) / plan.interleave;
  int dense = model.layers - mixture_layers(model);
  std::vector<StageLayers> stages;
  for (int stage = 0; stage < plan.pipeline; ++stage) {
    const int layers = most - (stage >= plan.pipeline - fewer ? 1 : 0);
    const int densely = model.experts ? std::min({dense, layers, of_chunk}) : layers;
    dense -= densely;
    stages.push_back({.dense = densely, .mixture = layers - densely});
  }
  return stages;
}

HeldParameters held_parameters(const Transformer& model, const ParallelPlan& plan) {
  HeldParameters most;
  for (const StageLayers& stage : layers_of_stages(model, plan)) {
    HeldParameters held;
    if (stage.dense > 0) {
      const LayerMatrices dense = layer_matrices(model, false);
      held.everywhere += stage.dense * (dense.attention + dense.feed_forward) / plan.tensor;
    }
    if (stage.mixture > 0) {
      const LayerMatrices mixture = layer_matrices(model, true);
      held.everywhere += stage.mixture * (mixture.attention + mixture.feed_forward) / plan.tensor;
      held.experts += stage.mixture * mixture.expert * model.experts->experts / plan.expert;
    }
    if (held.everywhere + held.experts > most.everywhere + most.experts) most = held;
  }
  most.everywhere += static_cast<double>(model.vocabulary) * model.hidden / plan.tensor;
  return most;
}

int expert_copies(const ParallelPlan& plan) {
  return std::max(1, plan.tensor * plan.context * plan.data / plan.expert);
}

}  // namespace chokepoint::models
