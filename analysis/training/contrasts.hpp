#pragma once

#include <string>
#include <vector>

#include "analysis/training/score_table.hpp"

namespace chokepoint::analysis {

/// Two measured steps that differ in one thing, and the ratio of their times, measured and predicted. It shows what a
/// mean error hides: whether a change of plan or hardware moves a prediction as it moved the measurement.
struct Contrast {
  std::string what;
  double measured = 0.0;
  double predicted = 0.0;

  /// |ln(predicted / measured)|.
  [[nodiscard]] double error() const;
};

/// The contrasts of the public table, by the identifiers of its rows; those whose rows the score lacks are left out.
/// The change from A100 to H100 is one contrast, the geometric mean of all rows that are alike but for it, judged by
/// the mean error of its pairs.
struct Contrasts {
  std::vector<Contrast> pairs;
  double mean_error = 0.0;
};
Contrasts contrasts(const GroupScore& core);

}  // namespace chokepoint::analysis
