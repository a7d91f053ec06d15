#include "analysis/training/fill_plan.hpp"

#include <algorithm>
#include <array>

#include "models/training/memory_per_gpu.hpp"
#include "models/training/plan_faults.hpp"
#include "models/training/planner.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::array micro_batches{1, 2, 4, 8, 16};

/// The plan of `setup` timed, if it is sound and fits; a single sequence is tried however much it needs, as whoever
/// measured it found room.
std::optional<double> time_of(const models::TrainingSetup& setup, const models::StepConstants& constants) {
  const bool divides = setup.task.global_batch % (setup.plan.data * setup.plan.micro_batch) == 0;
  if (!divides && setup.plan.micro_batch > 1) return std::nullopt;
  if (setup.plan.micro_batch > 1 &&
      models::memory_per_gpu(setup).total_bytes() > models::usable_memory_share * setup.hardware.memory_bytes)
    return std::nullopt;
  return models::step_time(setup, constants).total_s;
}

std::vector<int> interleavings(const sim::MeasuredStep& step, const models::TrainingSetup& setup) {
  if (step.has_interleave) return {setup.plan.interleave};
  std::vector<int> chunks{1};
  const int stages = setup.plan.pipeline;
  const int in_flight = setup.task.global_batch / (setup.plan.data * setup.plan.micro_batch);
  if (!setup.framework.interleaves || in_flight % stages != 0) return chunks;
  // The first and the last chunk may be a layer short: see plan_faults.
  for (int v = 2; v * stages <= setup.task.model.layers + 2; ++v) {
    const int rest = setup.task.model.layers % (v * stages);
    if (rest == 0 || v * stages - rest <= 2) chunks.push_back(v);
  }
  return chunks;
}

}  // namespace

std::optional<models::TrainingSetup> filled_setup(const sim::MeasuredStep& step,
                                                  const models::StepConstants& constants) {
  models::TrainingSetup setup = step.setup;
  if (!step.has_plan) {
    const models::PlanSearch search = models::search_plans(setup, step.gpus, 1, models::usable_memory_share);
    if (search.best.empty()) return std::nullopt;
    setup.plan = search.best.front().plan;
    return setup;
  }
  if (step.has_micro_batch && step.has_interleave) return setup;
  std::optional<models::TrainingSetup> best;
  double best_s = 0.0;
  for (const int micro_batch : micro_batches) {
    if (step.has_micro_batch && micro_batch > 1) break;
    if (!step.has_micro_batch) setup.plan.micro_batch = micro_batch;
    for (const int interleave : interleavings(step, setup)) {
      setup.plan.interleave = interleave;
      const auto time_s = time_of(setup, constants);
      if (!time_s || (best && *time_s >= best_s)) continue;
      best = setup;
      best_s = *time_s;
    }
  }
  return best ? best : step.setup;
}

}  // namespace chokepoint::analysis
