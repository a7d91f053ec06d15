#pragma once

#include <string>
#include <vector>

#include "models/training/parallel_plan.hpp"
#include "models/training/training_task.hpp"

namespace chokepoint::models {

/// Why a plan cannot be carried out, one sentence a reason, for the person who wrote it; empty where it can. All
/// reasons at once. Layers that the pipeline does not divide are spread unevenly and no fault, unless stages are
/// interleaved. Tensor ranks over several nodes are slow, not wrong.
[[nodiscard]] std::vector<std::string> plan_faults(const TrainingTask& task, const ParallelPlan& plan,
                                                   int gpus_per_node);

}  // namespace chokepoint::models
