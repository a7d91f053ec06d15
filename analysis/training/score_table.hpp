#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/training/fill_plan.hpp"

namespace chokepoint::analysis {

struct PredictedStep {
  const sim::MeasuredStep* measured = nullptr;
  models::TrainingSetup setup;
  double predicted_s = 0.0;

  /// predicted / measured - 1.
  [[nodiscard]] double error() const { return predicted_s / measured->measured_s - 1.0; }
};

struct SourceScore {
  std::string source;
  std::size_t rows = 0;
  double mape_percent = 0.0;
  /// Mean of the signed error.
  double bias_percent = 0.0;
};

/// Rows of a table that were predicted; by source in the order of first appearance; the macro score is the mean over
/// sources.
struct GroupScore {
  std::vector<PredictedStep> steps;
  std::vector<SourceScore> by_source;
  double macro_mape_percent = 0.0;
};

/// A row that has no prediction, and why.
struct UnpredictedStep {
  const sim::MeasuredStep* measured = nullptr;
  std::string why;
};

struct TableScore {
  GroupScore core;
  GroupScore rest;
  std::vector<UnpredictedStep> left_out;
};

/// Predicts every row of the table that can be; `table` outlives the score.
TableScore score_table(const sim::MeasurementTable& table,
                       const models::StepConstants& constants = models::fitted_step_constants());

/// The score of the steps alone.
GroupScore score_steps(std::vector<PredictedStep> steps);

}  // namespace chokepoint::analysis
