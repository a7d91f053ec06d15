#pragma once

#include <optional>
#include <vector>

#include "models/training/pipeline_schedule.hpp"
#include "models/training/step_work.hpp"
#include "sim/fabric/replica_traffic.hpp"

namespace chokepoint::sim {

/// When the replicas of a stage exchange, pass by pass of its schedule and after the last pass. What a framework hides
/// goes on beside a pass; the rest stands between passes. Sharded parameters are gathered for every pass of a
/// micro-batch and their gradients scattered for every backward one (once a step where there is a pipeline); other
/// gradients are summed beside the last backward pass of a chunk, and shared parameters gathered one chunk after the
/// other from the beginning of the step.
struct StageExchanges {
  struct OfPass {
    /// The pass ends when this has too; begins with the pass, unless it is one of `opening`.
    std::optional<std::size_t> beside;
    /// The step ends when this has too.
    std::optional<std::size_t> beside_and_on;
    /// Follows the pass.
    std::optional<std::size_t> after;
  };
  std::vector<OfPass> passes;
  /// From the beginning of the step, each when the one before it has ended.
  std::vector<std::size_t> opening;
  /// Between the last pass and the optimizer; behind the optimizer.
  std::optional<std::size_t> before_optimizer;
  std::optional<std::size_t> after_optimizer;
};

/// Adds the exchanges of `stage` to `traffic`.
StageExchanges plan_exchanges(const models::StepWork& work, const std::vector<models::PipelinePass>& schedule,
                              const StepPaths& paths, int stage, ReplicaTraffic& traffic);

}  // namespace chokepoint::sim
