#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// One key figure over the replicates of a scenario.
struct FigureSample {
  std::string key;
  std::string label;
  std::string unit;
  std::string group;
  /// A number or a text, in all replicates.
  bool is_text = false;
  /// Whole numbers in all replicates that have it.
  bool whole = false;
  /// By replicate; not-a-number where it has none (no wait where no job was done).
  std::vector<double> numbers = {};
  /// By replicate, of a figure that is a text.
  std::vector<std::string> texts = {};

  /// The numbers that are finite.
  [[nodiscard]] std::vector<double> finite() const;
  /// Whether it is the same in every replicate, up to rounding.
  [[nodiscard]] bool constant() const;
};

/// The figures of at least one record of a scenario, in the order of the records; one that only later records have
/// stands behind its neighbour there.
std::vector<FigureSample> figure_samples(std::span<const sim::Record> replicates);

/// Null if there is none of that key.
const FigureSample* find_sample(std::span<const FigureSample> samples, std::string_view key);

/// Whether no figure differs between replicates, so that bands and intervals would say nothing.
bool all_equal(std::span<const FigureSample> samples);

/// "replicates": a row a replicate, a column a figure.
sim::Table replicates_table(std::span<const FigureSample> samples, std::size_t replicates);

}  // namespace chokepoint::analysis
