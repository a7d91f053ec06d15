#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/training/step_time.hpp"

namespace chokepoint::sim {

/// A training step that somebody measured, with what a prediction of it needs. What the row leaves out has a stated
/// default or is left to the filling of the score: micro-batch, interleaving and plan.
struct MeasuredStep {
  std::string id;
  std::string source;
  std::string model;
  std::string accelerator;
  bool core = false;
  models::TrainingSetup setup;
  int gpus = 1;
  double measured_s = 0.0;
  bool has_plan = true;
  bool has_micro_batch = true;
  bool has_interleave = true;
  /// Why it is not scored; empty for rows that are.
  std::string left_out;
};

struct MeasurementTable {
  std::vector<MeasuredStep> rows;
  /// The table has a column `core`; all rows are one group, the core, where it has none.
  bool has_core = false;
};

/// Reads a table of measured training steps (CSV, plain or gzip) with the columns that README names. Rows that lack a
/// required cell or name an unknown device are kept with the reason in `left_out`. Throws InputError with the required
/// columns that are missing and with every cell that cannot be read, by line and column.
MeasurementTable read_measurement_table(const std::filesystem::path& path);

}  // namespace chokepoint::sim
