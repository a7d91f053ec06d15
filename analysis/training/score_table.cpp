#include "analysis/training/score_table.hpp"

#include <algorithm>
#include <cmath>

#include "models/training/step_time.hpp"

namespace chokepoint::analysis {

GroupScore score_steps(std::vector<PredictedStep> steps) {
  GroupScore score{.steps = std::move(steps)};
  for (const PredictedStep& step : score.steps) {
    auto source = std::ranges::find(score.by_source, step.measured->source, &SourceScore::source);
    if (source == score.by_source.end())
      source = score.by_source.insert(source, SourceScore{.source = step.measured->source});
    ++source->rows;
    source->mape_percent += 100.0 * std::abs(step.error());
    source->bias_percent += 100.0 * step.error();
  }
  for (SourceScore& source : score.by_source) {
    source.mape_percent /= static_cast<double>(source.rows);
    source.bias_percent /= static_cast<double>(source.rows);
    score.macro_mape_percent += source.mape_percent / static_cast<double>(score.by_source.size());
  }
  return score;
}

TableScore score_table(const sim::MeasurementTable& table, const models::StepConstants& constants) {
  TableScore score;
  std::vector<PredictedStep> core;
  std::vector<PredictedStep> rest;
  for (const sim::MeasuredStep& row : table.rows) {
    if (!row.left_out.empty()) {
      score.left_out.push_back({&row, row.left_out});
      continue;
    }
    const auto setup = filled_setup(row, constants);
    if (!setup) {
      score.left_out.push_back({&row, "no plan fits in memory"});
      continue;
    }
    PredictedStep step{.measured = &row, .setup = *setup};
    step.predicted_s = models::step_time(step.setup, constants).total_s;
    (row.core ? core : rest).push_back(std::move(step));
  }
  score.core = score_steps(std::move(core));
  score.rest = score_steps(std::move(rest));
  return score;
}

}  // namespace chokepoint::analysis
