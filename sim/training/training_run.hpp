#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "models/hardware/server.hpp"
#include "models/power/phase_power.hpp"
#include "models/training/planner.hpp"
#include "models/training/utilization.hpp"

namespace chokepoint::sim {

/// What somebody wants to train and how. What is left out is the model's own in the catalogue; the plan is the fastest
/// that fits.
struct TrainingOrder {
  std::string model;
  std::optional<double> tokens{};
  std::optional<int> sequence{};
  std::optional<int> batch{};
  std::optional<models::ParallelPlan> plan{};
  std::string framework = "Megatron-Core";
  models::Precision precision = models::Precision::bf16;
};

/// That, on so many GPUs of one type of server: its plan, how fast it goes and what it draws. Leaves out failures
/// and checkpoints (run_clock.hpp), which the fleet or the forecast adds.
struct TrainingRun {
  models::TrainingSetup setup;
  models::StepTime step;
  models::GpuMemory memory;
  models::Utilization utilization;
  /// The step with all and with no tensor traffic hidden, as far as the framework may hide it: what no public
  /// measurement tells for thin links.
  double step_all_hidden_s = 0.0;
  double step_none_hidden_s = 0.0;
  double tokens = 0.0;
  /// Shares of a step, and the server's power by such phases.
  models::PhaseShares phases;
  models::ServerPower power;
  /// What the planner found, where it searched.
  models::PlanSearch search;

  [[nodiscard]] int gpus() const { return static_cast<int>(setup.plan.gpus()); }
  [[nodiscard]] double steps() const { return tokens / setup.task.tokens(); }
  /// Of all steps without an interruption.
  [[nodiscard]] double work_s() const { return steps() * step.total_s; }
  /// Share of a step that exchanges between nodes take which nothing hides: those of stages, replicas, context and
  /// expert ranks, and of tensor ranks where a node does not hold them.
  [[nodiscard]] double communication_share() const;
  /// Mean draw of one GPU's slot of a server over the steps.
  [[nodiscard]] double slot_w() const { return models::mean_power_w(power, phases) / power.gpus; }
};

/// Works out the run. `plans` is the number of the fastest plans that the search keeps; 0 for a search only where the
/// order has no plan. Throws InputError with every fault, `where` naming the field: model, tokens, batch, gpus, plan,
/// framework or precision. A model that fits on no plan gets the memory that it needs and that a GPU has.
TrainingRun training_run(const TrainingOrder& order, const models::Server& server, int gpus, std::size_t plans);

}  // namespace chokepoint::sim
