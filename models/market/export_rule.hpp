#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/hardware/accelerator.hpp"

namespace chokepoint::models {

/// What a rule of export may ask of an accelerator, in the units of the rules:
/// - `total_processing_performance`: the largest of TFLOP/s or TOP/s times bits of the operation, dense;
/// - `performance_density`: that over the area of the die, 1/mm2;
/// - `interconnect_gb_per_s`: of all links, both directions;
/// - `memory_bandwidth_gb_per_s`.
/// None where the catalogue does not know it. `name` must be one of export_attributes().
std::optional<double> export_attribute(std::string_view name, const Accelerator& accelerator);
std::span<const std::string> export_attributes();

/// One bound of a rule.
struct ExportBound {
  std::string attribute;
  std::optional<double> at_least = {};
  std::optional<double> below = {};
};

/// A rule of export as a predicate over what the catalogue knows, so that a new chip is judged without new code: it
/// holds where all bounds of one of its `clauses` hold.
struct ExportRule {
  std::string name;
  std::vector<std::vector<ExportBound>> clauses;

  /// None where that hangs on an attribute that is not known.
  [[nodiscard]] std::optional<bool> covers(const Accelerator& accelerator) const;
};

}  // namespace chokepoint::models
