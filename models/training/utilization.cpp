#include "models/training/utilization.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double flops_of_step(const TrainingTask& task, Recompute counted) {
  return task.tokens() * hardware_flops_per_token(task.model, task.sequence, AttentionCount::full, counted);
}

}  // namespace

Utilization utilization(const TrainingSetup& setup, double step_s) {
  expects(step_s > 0.0, "a step takes time");
  const double peak_flops = setup.hardware.peak_flop_per_s * static_cast<double>(setup.plan.gpus()) * step_s;
  return {.mfu = flops_of_step(setup.task, Recompute::none) / peak_flops,
          .hfu = flops_of_step(setup.task, setup.plan.recompute) / peak_flops};
}

double step_of_mfu_s(const TrainingSetup& setup, double mfu) {
  return step_of_rate_s(setup, mfu * setup.hardware.peak_flop_per_s, Recompute::none);
}

double step_of_rate_s(const TrainingSetup& setup, double flop_per_s, Recompute counted) {
  expects(flop_per_s > 0.0, "a GPU that computes");
  return flops_of_step(setup.task, counted) / (flop_per_s * static_cast<double>(setup.plan.gpus()));
}

}  // namespace chokepoint::models
