#pragma once

#include <vector>

namespace chokepoint::sim {

/// The exact integral of a piecewise-constant quantity over each of many equal steps, the first from time 0. The
/// integral over a step does not depend on how the time between was cut into pieces.
class StepIntegral {
 public:
  /// `step_s` > 0.
  explicit StepIntegral(double step_s) : step_s_(step_s), step_end_s_(step_s) {}

  /// The quantity was `value` from `from_s` to `to_s`; pieces come in order and leave no gap.
  void add(double from_s, double to_s, double value) {
    while (to_s >= step_end_s_) {
      integrals_.push_back(open_ + value * (step_end_s_ - from_s));
      open_ = 0.0;
      from_s = step_end_s_;
      step_end_s_ = step_s_ * static_cast<double>(integrals_.size() + 1);
    }
    // An infinite quantity leaves nothing in a step that it does not reach.
    if (to_s > from_s) open_ += value * (to_s - from_s);
    reached_s_ = to_s;
  }

  [[nodiscard]] double step_s() const { return step_s_; }
  [[nodiscard]] double reached_s() const { return reached_s_; }
  /// Averages over the steps, the last over as much of it as was reached.
  [[nodiscard]] std::vector<double> averages() const {
    const double begun_s = step_s_ * static_cast<double>(integrals_.size());
    return divided(reached_s_ - begun_s);
  }
  /// Averages over whole steps: what was not reached of the last counts as nothing, so that the integral is kept.
  [[nodiscard]] std::vector<double> averages_over_whole_steps() const { return divided(step_s_); }

 private:
  [[nodiscard]] std::vector<double> divided(double last_s) const {
    std::vector<double> result(integrals_);
    for (double& value : result) value /= step_s_;
    if (reached_s_ > step_s_ * static_cast<double>(integrals_.size())) result.push_back(open_ / last_s);
    return result;
  }

  double step_s_;
  double step_end_s_;
  double reached_s_ = 0.0;
  double open_ = 0.0;
  std::vector<double> integrals_;
};

}  // namespace chokepoint::sim
