#include "models/training/planner.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/training/plan_faults.hpp"

namespace chokepoint::models {
namespace {

/// Takes one plan into the result, timed only where it fits.
void rate(TrainingSetup& setup, const ParallelPlan& plan, std::size_t keep, double room, PlanSearch& search) {
  setup.plan = plan;
  if (!plan_faults(setup.task, plan, setup.hardware.gpus_per_node).empty()) return;
  RatedPlan rated{.plan = plan, .time = {}, .memory = memory_per_gpu(setup)};
  if (rated.memory.total_bytes() > room) {
    ++search.too_large;
    const bool least = !search.least_memory_too_large ||
                       rated.memory.total_bytes() < search.least_memory_too_large->memory.total_bytes();
    if (least) search.least_memory_too_large = rated;
    return;
  }
  ++search.fitting;
  rated.time = step_time(setup);
  const auto later = [](const RatedPlan& a, const RatedPlan& b) { return a.time.total_s < b.time.total_s; };
  search.best.insert(std::upper_bound(search.best.begin(), search.best.end(), rated, later), rated);
  if (search.best.size() > keep) search.best.pop_back();
}

}  // namespace

PlanSearch search_plans(TrainingSetup setup, int gpus, std::size_t keep, double usable) {
  expects(gpus > 0 && keep > 0 && usable > 0, "search_plans: GPUs, plans to keep and memory");
  const int layers = setup.task.model.layers, batch = setup.task.global_batch;
  const double room = usable * setup.hardware.memory_bytes;
  PlanSearch search;
  for (int tensor = 1; tensor <= std::min(gpus, setup.hardware.gpus_per_node); tensor *= 2) {
    for (int pipeline = 1; pipeline <= layers && tensor * pipeline <= gpus; ++pipeline) {
      if (gpus % (tensor * pipeline) != 0) continue;
      const int data = gpus / (tensor * pipeline);
      if (batch % data != 0) continue;
      for (int micro_batch = 1; micro_batch <= 16 && batch % (data * micro_batch) == 0; micro_batch *= 2) {
        for (int interleave = 1; interleave * pipeline <= layers + 2 && (interleave == 1 || pipeline > 1);
             ++interleave) {
          for (const Recompute recompute : {Recompute::none, Recompute::selective, Recompute::full}) {
            // A fused kernel keeps no scores that could be computed again.
            if (recompute == Recompute::selective && setup.framework.fused_attention) continue;
            for (const Sharding sharding : {Sharding::optimizer, Sharding::parameters}) {
              if (sharding == Sharding::parameters && (data == 1 || pipeline > 1)) continue;
              rate(setup,
                   {.tensor = tensor,
                    .pipeline = pipeline,
                    .data = data,
                    .micro_batch = micro_batch,
                    .interleave = interleave,
                    .sequence_parallel = tensor > 1,
                    .recompute = recompute,
                    .sharding = sharding},
                   keep, room, search);
            }
          }
        }
      }
    }
  }
  return search;
}

}  // namespace chokepoint::models
