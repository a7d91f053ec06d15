#include "analysis/training/fill_plan.hpp"

#include <array>

#include "models/training/step_time.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double usable_memory = 0.92;

double bytes_needed(const models::TrainingSetup& setup) {
  const auto& model = setup.task.model;
  const auto& plan = setup.plan;
  const double h = model.hidden, s = setup.task.sequence, t = plan.tensor;
  const double width = model.width_of_head();
  const double layer =
      2 * h * width * (model.heads + model.kv_heads) + (model.gated ? 3.0 : 2.0) * h * model.ffn_hidden;
  const double parameters = (model.layers / plan.pipeline * layer + model.vocabulary * h) / t;
  const double d = plan.data;
  double bytes = 18.0 * parameters;
  if (plan.sharding == models::Sharding::optimizer) bytes = (6.0 + 12.0 / d) * parameters;
  if (plan.sharding == models::Sharding::gradients) bytes = (2.0 + 16.0 / d) * parameters;
  if (plan.sharding == models::Sharding::parameters || plan.sharding == models::Sharding::hybrid)
    bytes = 18.0 * parameters / d;
  const double per_layer = s * plan.micro_batch * h / plan.context;
  double activations = per_layer * (plan.sequence_parallel ? 34.0 / t : 10.0 + 24.0 / t);
  if (!setup.framework.fused_attention && plan.recompute == models::Recompute::none)
    activations += 5.0 * model.heads * s * s * plan.micro_batch / t;
  if (plan.recompute == models::Recompute::full) activations = 2.0 * per_layer;
  bytes += activations * model.layers;
  bytes += 4.0 * s * plan.micro_batch * model.vocabulary / t / plan.pipeline;
  return bytes;
}

}  // namespace

models::TrainingSetup filled_setup(const sim::MeasuredStep& step, const models::StepConstants& constants) {
  models::TrainingSetup setup = step.setup;
  if (step.has_micro_batch && step.has_interleave) return setup;
  const models::TrainingTask& task = setup.task;
  const std::array candidates{1, 2, 4, 8, 16};
  models::TrainingSetup best = setup;
  double best_s = 0.0;
  const int per_rank = std::max(1, task.global_batch / setup.plan.data);
  for (const int micro_batch : candidates) {
    if (step.has_micro_batch && micro_batch != 1) break;
    if (!step.has_micro_batch) setup.plan.micro_batch = micro_batch;
    if (per_rank % setup.plan.micro_batch != 0 && !step.has_micro_batch) continue;
    if (micro_batch > 1 && bytes_needed(setup) > usable_memory * setup.hardware.memory_bytes) break;
    const int micro_batches = std::max(1, per_rank / setup.plan.micro_batch);
    const int layers = task.model.layers / setup.plan.pipeline;
    for (int interleave = 1; interleave <= layers; ++interleave) {
      if (step.has_interleave && interleave > 1) break;
      if (interleave > 1 && (!setup.framework.interleaves || layers * setup.plan.pipeline != task.model.layers ||
                             layers % interleave != 0 || micro_batches % setup.plan.pipeline != 0))
        continue;
      if (!step.has_interleave) setup.plan.interleave = interleave;
      const double time_s = models::step_time(setup, constants).total_s;
      if (best_s > 0.0 && time_s >= best_s) continue;
      best = setup;
      best_s = time_s;
    }
  }
  return best;
}

}  // namespace chokepoint::analysis
