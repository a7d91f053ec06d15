#include "models/training/expert_exchange.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {
namespace {

/// Of `groups` of the experts, those that hold at least one of a token's, on average.
double groups_met(double groups, int active) {
  return groups * (1.0 - std::pow(1.0 - 1.0 / groups, active));
}

}  // namespace

ExpertExchange expert_exchange(const TrainingSetup& setup) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  if (!model.experts || plan.expert == 1) return {};
  const int active = model.experts->active;
  const double ranks = plan.expert;
  const double nodes = std::max(1.0, ranks / setup.hardware.gpus_per_node);
  // Forward dispatch, combine, and the same of gradients: of four exchanges one is in fp8.
  const bool fp8 = setup.framework.dispatches_fp8 && setup.task.precision == Precision::fp8;
  const double unit = fp8 ? (1.0 + 3 * 2.0) / 4 : 2.0;
  const double copy =
      static_cast<double>(plan.micro_batch) * setup.task.sequence / plan.context / plan.tensor * model.hidden * unit;

  if (setup.framework.sends_token_once_a_node) {
    // Every copy that ends on another GPU passes a link, those from other nodes too.
    double crossed = groups_met(nodes, active);
    if (model.experts->most_nodes > 0) crossed = std::min<double>(crossed, model.experts->most_nodes);
    return {.link_bytes = copy * groups_met(ranks, active) * (ranks - 1) / ranks,
            .network_bytes = copy * crossed * (nodes - 1) / nodes};
  }
  const double in_node = ranks / nodes;
  return {.link_bytes = copy * active * (in_node - 1) / ranks,
          .network_bytes = copy * active * (ranks - in_node) / ranks};
}

}  // namespace chokepoint::models
