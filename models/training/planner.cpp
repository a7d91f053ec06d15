#include "models/training/planner.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"
#include "models/training/plan_faults.hpp"

namespace chokepoint::models {
namespace {

/// Context ranks are tried for sequences that are long, and keep some tokens each; assumed.
constexpr int least_sequence_of_context_ranks = 32768;
constexpr int least_tokens_of_context_rank = 4096;

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

/// What the search has found so far, and what bounds it.
struct Search {
  TrainingSetup setup;
  std::size_t keep;
  double room;
  PlanSearch found;
};

/// All plans of these tensor, pipeline, context and data ranks.
void rate_all(Search& search, ParallelPlan plan) {
  const int layers = search.setup.task.model.layers, batch = search.setup.task.global_batch;
  const int holders = plan.tensor * plan.context * plan.data;
  const int experts = search.setup.task.model.experts ? search.setup.task.model.experts->experts : 1;
  // A fused kernel keeps no scores that could be computed again; latents and experts have other things to spare.
  const bool selective_spares =
      !search.setup.framework.fused_attention || search.setup.task.model.latent || experts > 1;
  for (int micro_batch = 1; micro_batch <= 16 && batch % (plan.data * micro_batch) == 0; micro_batch *= 2) {
    const int most_chunks = plan.pipeline > 1 && search.setup.framework.interleaves ? (layers + 2) / plan.pipeline : 1;
    for (int interleave = 1; interleave <= most_chunks; ++interleave) {
      for (int expert = 1; expert <= std::min(experts, holders); expert *= 2) {
        if (experts % expert != 0 || holders % expert != 0) continue;
        for (const Recompute recompute : {Recompute::none, Recompute::selective, Recompute::full}) {
          if (recompute == Recompute::selective && !selective_spares) continue;
          for (const Sharding sharding : {Sharding::optimizer, Sharding::parameters}) {
            const bool can_shard = search.setup.framework.shards_parameters && plan.data > 1 && plan.pipeline == 1;
            if (sharding == Sharding::parameters && !can_shard) continue;
            plan.micro_batch = micro_batch;
            plan.interleave = interleave;
            plan.expert = expert;
            plan.recompute = recompute;
            plan.sharding = sharding;
            rate(search.setup, plan, search.keep, search.room, search.found);
          }
        }
      }
    }
  }
}

}  // namespace

PlanSearch search_plans(TrainingSetup setup, int gpus, std::size_t keep, double usable) {
  expects(gpus > 0 && keep > 0 && usable > 0, "search_plans: GPUs, plans to keep and memory");
  const int layers = setup.task.model.layers, batch = setup.task.global_batch;
  const int most_context =
      setup.task.sequence >= least_sequence_of_context_ranks ? setup.task.sequence / least_tokens_of_context_rank : 1;
  const double room = usable * setup.hardware.memory_bytes;
  Search search{.setup = std::move(setup), .keep = keep, .room = room, .found = {}};
  for (int tensor = 1; tensor <= std::min(gpus, search.setup.hardware.gpus_per_node); tensor *= 2) {
    for (int context = 1; context <= most_context && tensor * context <= gpus; context *= 2) {
      for (int pipeline = 1; pipeline <= layers && tensor * context * pipeline <= gpus; ++pipeline) {
        if (gpus % (tensor * context * pipeline) != 0) continue;
        const int data = gpus / (tensor * context * pipeline);
        if (batch % data != 0) continue;
        rate_all(search, {.tensor = tensor,
                          .pipeline = pipeline,
                          .data = data,
                          .context = context,
                          .sequence_parallel = tensor > 1});
      }
    }
  }
  return std::move(search.found);
}

}  // namespace chokepoint::models
