#pragma once

#include <optional>
#include <vector>

#include "models/training/memory_per_gpu.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// Of a GPU's memory, what a plan may fill: the rest goes to the allocator's waste and to buffers; assumed.
inline constexpr double usable_memory_share = 0.92;

/// A plan with its step time and memory.
struct RatedPlan {
  ParallelPlan plan;
  StepTime time;
  GpuMemory memory;
};

/// The fastest plans that fit, best first, and of those that do not fit the one that needs least memory.
struct PlanSearch {
  std::vector<RatedPlan> best;
  std::optional<RatedPlan> least_memory_too_large;
  int fitting = 0;
  int too_large = 0;
};

/// Searches every way to spread the task of `setup` (its plan is ignored) over `gpus`: tensor ranks within a node,
/// pipeline, data, micro-batches of powers of 2 to 16, interleaving, recomputation, optimizer or all states sharded,
/// for sequences of 32,768 and more context ranks, and for mixtures expert ranks, both powers of 2. A plan fits that
/// needs at most `usable` of the GPU's memory. Equal times are told apart by the order of the search. Expects `gpus`
/// of whole nodes or part of one.
[[nodiscard]] PlanSearch search_plans(TrainingSetup setup, int gpus, std::size_t keep = 5,
                                      double usable = usable_memory_share);

}  // namespace chokepoint::models
