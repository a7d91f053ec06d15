#pragma once

#include <vector>

#include "models/training/parallel_plan.hpp"
#include "models/training/transformer.hpp"

namespace chokepoint::models {

/// Layers of a pipeline stage, by kind.
struct StageLayers {
  int dense = 0;
  int mixture = 0;
};

/// The layers of each stage. Stages have as many layers as each other, or one less at the end. A mixture's dense layers
/// are the first of the model: those of the first chunk of the first stages.
[[nodiscard]] std::vector<StageLayers> layers_of_stages(const Transformer& model, const ParallelPlan& plan);

/// Weights of matrices that the fullest GPU holds: those that all expert ranks hold alike, embedding included, and
/// those of its experts.
struct HeldParameters {
  double everywhere = 0.0;
  double experts = 0.0;
};
[[nodiscard]] HeldParameters held_parameters(const Transformer& model, const ParallelPlan& plan);

/// Ranks that hold the same experts: of tensor, context and data ranks each `expert`-th.
[[nodiscard]] int expert_copies(const ParallelPlan& plan);

}  // namespace chokepoint::models
