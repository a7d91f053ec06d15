#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/training/score_table.hpp"

namespace chokepoint::analysis {

/// A constant of the step-time model with what is known of it before any fit.
struct StepPrior {
  std::string_view name;
  double models::StepConstants::*value;
  double prior;
  double sd;
  /// The value at which its term has no effect.
  double neutral;
};

std::span<const StepPrior> step_priors();

/// The constants at their priors.
models::StepConstants prior_step_constants();

/// Least squares of the soft-L1 loss of ln(predicted / measured), scale .05, each source of the same weight in all, and
/// Gaussian priors of strength .04. `rows` have nothing left out. Deterministic; Levenberg-Marquardt with
/// numerical derivatives.
/// `without`, where given, stays at its neutral value.
models::StepConstants fit_step_constants(std::span<const sim::MeasuredStep* const> rows,
                                         const StepPrior* without = nullptr);

/// The score of a fit without the effect of one constant, all others fitted again.
struct Ablation {
  std::string_view without;
  double macro_mape_percent = 0.0;
};
std::vector<Ablation> ablations(const sim::MeasurementTable& table);

/// The core's score with rows that repeat another (same source, setup and time) counted once: cleaning that looks at no
/// prediction.
GroupScore cleaned_score(const GroupScore& core);

/// The rows of the table's core that can be predicted.
std::vector<const sim::MeasuredStep*> core_rows(const sim::MeasurementTable& table);

/// Fitted on the rows of which `held_out` is false, scored on the others.
struct HeldOut {
  std::string name;
  std::size_t rows = 0;
  double mape_percent = 0.0;
  double bias_percent = 0.0;
};
HeldOut hold_out(std::string name, std::span<const sim::MeasuredStep* const> rows,
                 const std::function<bool(const sim::MeasuredStep&)>& held_out);

/// Each source predicted with constants fitted on the others, in the order of the table.
std::vector<HeldOut> leave_one_source_out(std::span<const sim::MeasuredStep* const> rows);

/// What a fit says of rows unlike those it saw: newer GPUs, the largest clusters, long sequences, each kind of
/// parallelism, small models.
std::vector<HeldOut> extrapolations(std::span<const sim::MeasuredStep* const> rows);

/// Mean over what was held out, each with the same weight.
double mean_error_percent(std::span<const HeldOut> held_out);

}  // namespace chokepoint::analysis
