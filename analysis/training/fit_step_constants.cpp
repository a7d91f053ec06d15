#include "analysis/training/fit_step_constants.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unsupported/Eigen/NonLinearOptimization>
#include <unsupported/Eigen/NumericalDiff>

#include <Eigen/Core>

#include "models/contract/expects.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::analysis {
namespace {

using models::StepConstants;

constexpr double loss_scale = 0.05;
constexpr double prior_strength = 0.04;

// Published ranges: README of models/training.
constexpr auto priors = std::to_array<StepPrior>({
    {"matmul", &StepConstants::matmul, 0.90, 0.07, 1.0},
    {"memory", &StepConstants::memory, 0.75, 0.12, 1e6},
    {"attention", &StepConstants::attention, 0.40, 0.12, 1.0},
    {"eager", &StepConstants::eager, 2.2, 0.5, 1.0},
    {"link", &StepConstants::link, 0.75, 0.10, 1.0},
    {"network", &StepConstants::network, 0.80, 0.10, 1.0},
    {"overlap", &StepConstants::overlap, 0.70, 0.15, 0.0},
    {"layer_s", &StepConstants::layer_s, 0.3e-3, 0.3e-3, 0.0},
    {"scale", &StepConstants::scale, 0.005, 0.005, 0.0},
    {"misaligned", &StepConstants::misaligned, 9.0, 4.0, 1.0},
});

/// The square root of the loss, with the sign of the error, so that a sum of squares is a sum of losses.
double soft_l1(double error) {
  const double scaled = error / loss_scale;
  return std::copysign(loss_scale * std::sqrt(2.0 * (std::sqrt(1.0 + scaled * scaled) - 1.0)), error);
}

/// Of a row that has a plan, or one that the planner finds.
double predicted_step_s(const sim::MeasuredStep& row, const StepConstants& constants) {
  const auto setup = filled_setup(row, constants);
  models::expects(setup.has_value(), "fit_step_constants: rows whose plan is known or fits");
  return models::step_time(*setup, constants).total_s;
}

/// The residuals of the least squares, as Eigen's solvers take them; the unknowns are counted in standard deviations
/// from the priors.
struct Residuals {
  using Scalar = double;
  using InputType = Eigen::VectorXd;
  using ValueType = Eigen::VectorXd;
  using JacobianType = Eigen::MatrixXd;
  static constexpr int InputsAtCompileTime = Eigen::Dynamic;
  static constexpr int ValuesAtCompileTime = Eigen::Dynamic;

  std::span<const sim::MeasuredStep* const> rows;
  std::vector<double> weights;
  const StepPrior* without = nullptr;

  [[nodiscard]] static int inputs() { return static_cast<int>(priors.size()); }
  [[nodiscard]] int values() const { return static_cast<int>(rows.size() + priors.size()); }

  [[nodiscard]] StepConstants constants(const Eigen::VectorXd& x) const {
    StepConstants result;
    for (std::size_t i = 0; i < priors.size(); ++i)
      result.*priors[i].value =
          std::max(1e-3 * priors[i].prior, priors[i].prior + priors[i].sd * x[static_cast<Eigen::Index>(i)]);
    if (without != nullptr) result.*without->value = without->neutral;
    return result;
  }

  int operator()(const Eigen::VectorXd& x, Eigen::VectorXd& residuals) const {
    const StepConstants at = constants(x);
    Eigen::Index next = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double predicted_s = predicted_step_s(*rows[i], at);
      residuals[next++] = weights[i] * soft_l1(std::log(predicted_s / rows[i]->measured_s));
    }
    for (Eigen::Index i = 0; i < x.size(); ++i) residuals[next++] = prior_strength * x[i];
    return 0;
  }
};

}  // namespace

std::span<const StepPrior> step_priors() {
  return priors;
}

StepConstants prior_step_constants() {
  return Residuals{.rows = {}, .weights = {}}.constants(Eigen::VectorXd::Zero(Residuals::inputs()));
}

StepConstants fit_step_constants(std::span<const sim::MeasuredStep* const> rows, const StepPrior* without) {
  std::map<std::string_view, double> rows_of;
  for (const sim::MeasuredStep* row : rows) rows_of[row->source] += 1.0;
  Residuals residuals{.rows = rows, .weights = {}, .without = without};
  for (const sim::MeasuredStep* row : rows) residuals.weights.push_back(1.0 / std::sqrt(rows_of[row->source]));

  // Steps of 3e-4 standard deviations: far above rounding, far below what moves a prediction.
  Eigen::NumericalDiff<Residuals> with_derivatives(residuals, 1e-7);
  Eigen::LevenbergMarquardt<Eigen::NumericalDiff<Residuals>> solver(with_derivatives);
  Eigen::VectorXd x = Eigen::VectorXd::Constant(Residuals::inputs(), 0.01);
  solver.parameters.maxfev = 100;
  solver.parameters.ftol = 1e-7;
  solver.minimize(x);
  return residuals.constants(x);
}

std::vector<Ablation> ablations(const sim::MeasurementTable& table) {
  const auto rows = core_rows(table);
  std::vector<Ablation> results;
  for (const StepPrior& prior : priors)
    results.push_back({prior.name, score_table(table, fit_step_constants(rows, &prior)).core.macro_mape_percent});
  return results;
}

GroupScore cleaned_score(const GroupScore& core) {
  const auto repeats = [](const PredictedStep& a, const PredictedStep& b) {
    const models::Transformer& one = a.setup.task.model;
    const models::Transformer& other = b.setup.task.model;
    const models::ParallelPlan& plan = a.setup.plan;
    const models::ParallelPlan& other_plan = b.setup.plan;
    return a.measured->source == b.measured->source && a.measured->measured_s == b.measured->measured_s &&
           a.predicted_s == b.predicted_s && one.layers == other.layers && one.hidden == other.hidden &&
           one.heads == other.heads && a.setup.task.global_batch == b.setup.task.global_batch &&
           a.setup.task.sequence == b.setup.task.sequence && plan.gpus() == other_plan.gpus() &&
           plan.micro_batch == other_plan.micro_batch;
  };
  std::vector<PredictedStep> kept;
  for (const PredictedStep& step : core.steps)
    if (std::ranges::none_of(kept, [&](const PredictedStep& before) { return repeats(before, step); }))
      kept.push_back(step);
  return score_steps(std::move(kept));
}

std::vector<const sim::MeasuredStep*> core_rows(const sim::MeasurementTable& table) {
  std::vector<const sim::MeasuredStep*> rows;
  for (const sim::MeasuredStep& row : table.rows)
    if (row.core && row.left_out.empty()) rows.push_back(&row);
  return rows;
}

HeldOut hold_out(std::string name, std::span<const sim::MeasuredStep* const> rows,
                 const std::function<bool(const sim::MeasuredStep&)>& held_out) {
  std::vector<const sim::MeasuredStep*> kept;
  std::vector<const sim::MeasuredStep*> left;
  for (const sim::MeasuredStep* row : rows) (held_out(*row) ? left : kept).push_back(row);
  const StepConstants constants = fit_step_constants(kept);
  HeldOut result{.name = std::move(name), .rows = left.size()};
  if (kept.empty()) return result;
  for (const sim::MeasuredStep* row : left) {
    const double error = predicted_step_s(*row, constants) / row->measured_s - 1.0;
    result.mape_percent += 100.0 * std::abs(error) / static_cast<double>(left.size());
    result.bias_percent += 100.0 * error / static_cast<double>(left.size());
  }
  return result;
}

std::vector<HeldOut> leave_one_source_out(std::span<const sim::MeasuredStep* const> rows) {
  std::vector<std::string> sources;
  for (const sim::MeasuredStep* row : rows)
    if (std::ranges::find(sources, row->source) == sources.end()) sources.push_back(row->source);
  std::vector<HeldOut> results;
  for (const std::string& source : sources)
    results.push_back(hold_out(source, rows, [&](const sim::MeasuredStep& row) { return row.source == source; }));
  return results;
}

std::vector<HeldOut> extrapolations(std::span<const sim::MeasuredStep* const> rows) {
  using Row = sim::MeasuredStep;
  return {
      hold_out("H100, from A100 and V100", rows, [](const Row& row) { return row.accelerator.starts_with("h100"); }),
      hold_out("more than 512 GPUs", rows, [](const Row& row) { return row.gpus > 512; }),
      hold_out("sequences of 8,192 and more", rows, [](const Row& row) { return row.setup.task.sequence >= 8192; }),
      hold_out("tensor parallel", rows, [](const Row& row) { return row.setup.plan.tensor > 1; }),
      hold_out("pipeline parallel", rows, [](const Row& row) { return row.setup.plan.pipeline > 1; }),
      hold_out("data parallel only, over nodes", rows,
               [](const Row& row) { return row.setup.plan.data == row.gpus && row.gpus > 8; }),
      hold_out("hidden 2,048 and less", rows, [](const Row& row) { return row.setup.task.model.hidden <= 2048; }),
  };
}

double mean_error_percent(std::span<const HeldOut> held_out) {
  double sum = 0.0;
  for (const HeldOut& held : held_out) sum += held.mape_percent;
  return held_out.empty() ? 0.0 : sum / static_cast<double>(held_out.size());
}

}  // namespace chokepoint::analysis
