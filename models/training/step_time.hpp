#pragma once

#include "models/training/framework_traits.hpp"
#include "models/training/parallel_plan.hpp"
#include "models/training/step_constants.hpp"
#include "models/training/step_work.hpp"
#include "models/training/training_hardware.hpp"
#include "models/training/training_task.hpp"

namespace chokepoint::models {

/// Everything that a step's time depends on.
struct TrainingSetup {
  TrainingTask task;
  TrainingHardware hardware;
  ParallelPlan plan;
  FrameworkTraits framework;
};

/// Where the time of a step goes, s; the parts sum to `total_s`.
struct StepTime {
  double total_s = 0.0;
  /// Matrix products, attention, memory-bound kernels, fixed time; forward and backward of the slowest stage.
  double compute_s = 0.0;
  /// Of it, what recomputation adds, is told apart.
  double recompute_s = 0.0;
  /// Communication that nothing hides.
  double tensor_s = 0.0;
  double context_s = 0.0;
  double expert_s = 0.0;
  double pipeline_s = 0.0;
  double data_s = 0.0;
  /// Stages that wait: fill and drain of the pipeline, and its unequal stages.
  double bubble_s = 0.0;
  double optimizer_s = 0.0;
  /// What grows with the number of nodes: jitter and stragglers.
  double scale_s = 0.0;
};

/// Computation and messages of one step.
StepWork step_work(const TrainingSetup& setup, const StepConstants& constants = fitted_step_constants());

/// Expects a plan whose ranks divide layers, heads and batch: see plan_faults (plan_check.hpp).
StepTime step_time(const TrainingSetup& setup, const StepConstants& constants = fitted_step_constants());

/// The same for work that is known already.
StepTime step_time(const TrainingSetup& setup, const StepWork& work,
                   const StepConstants& constants = fitted_step_constants());

}  // namespace chokepoint::models
