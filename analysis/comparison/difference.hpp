#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/replicates/figure_sample.hpp"
#include "analysis/statistics/mean_interval.hpp"

namespace chokepoint::analysis {

/// The figures of the replicates of one course.
struct CourseFigures {
  std::string name;
  std::vector<FigureSample> figures;
};

/// One figure of a base and of another course: a row of a comparison. What the two have in common drew the same chance
/// in the same replicate, so that they are compared replicate by replicate.
struct Difference {
  /// None where that course has no such figure.
  using Value = std::variant<std::monostate, double, std::string>;

  /// The other one.
  std::string scenario;
  std::string figure;
  std::string label;
  std::string unit;
  std::string group;
  /// Means over the replicates in which both have the number, or texts.
  Value base;
  Value other;
  /// Other less base, with the interval of the mean paired difference; only of two numbers of one unit.
  std::optional<MeanInterval> difference;
  /// Whether they differ in any replicate by more than rounding: more than 1e-9 of the largest value in any of them.
  bool changed = false;

  /// Both as shares of the base, whose mean counts as known; none without a difference or from 0.
  [[nodiscard]] std::optional<MeanInterval> relative() const;
};

/// A row a figure that one of them has, in the order of the base; what only the other has stands behind its neighbour
/// there. A figure whose units differ (money of two currencies) has two rows, each with one side, for there is nothing
/// to subtract. Both have as many replicates.
std::vector<Difference> differences(const CourseFigures& base, const CourseFigures& other);

/// What cli/README.md describes under `compare`: an object with `scenario`, `figure`, `unit`, `base`, `other`,
/// `difference`, `low`, `high`.
nlohmann::ordered_json difference_json(const Difference& difference);

}  // namespace chokepoint::analysis
