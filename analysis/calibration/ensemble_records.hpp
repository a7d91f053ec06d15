#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/calibration/resampling.hpp"
#include "analysis/statistics/variance_parts.hpp"
#include "sim/record/record.hpp"
#include "sim/scenario/ensemble.hpp"

namespace chokepoint::analysis {

/// `count` of an ensemble's sets drawn by weight, or all of them, with weights that sum to one.
std::vector<Kept> drawn_members(const sim::Ensemble& ensemble, std::size_t count, std::uint64_t seed);

/// Sets of an ensemble in the scenario that names it.
struct MembersInScenario {
  const sim::ScenarioDocument& document;
  const sim::Ensemble& ensemble;
  const std::vector<Kept>& members;
};

struct MemberRuns {
  std::uint64_t seed = 1;
  std::uint32_t replicates = 2;
  std::size_t workers = 1;
  /// What stays of a record, in the process of its run; all but its tables if nothing is said.
  std::function<sim::Record(const sim::Record&)> keep = {};
};

/// Records without tables, or what is kept of them, [member][replicate], all members with the same draws in the same
/// replicate. Throws InputError or RunError for the first run that left none.
std::vector<std::vector<sim::Record>> run_members(const MembersInScenario& what, const MemberRuns& runs,
                                                  const std::function<void(double)>& on_share = {});

/// A figure that is a number in every record, with its luck and ignorance.
struct FigureParts {
  std::string key;
  std::string label;
  std::string unit;
  std::string group;
  VarianceParts parts;
};

/// [member][replicate].
using MemberRecords = std::vector<std::vector<sim::Record>>;

/// In the order of the first record. At least two replicates.
std::vector<FigureParts> figure_parts(const MemberRecords& records, const std::vector<Kept>& members);

/// A figure of two scenarios under the same sets of an ensemble.
struct DifferenceParts {
  std::string key;
  std::string label;
  std::string unit;
  std::string group;
  /// Means over all runs.
  double base = 0.0;
  double other = 0.0;
  /// Of the other less the base, set by set and replicate by replicate: what both share falls out of it.
  VarianceParts parts;
  /// Whether they differ in any run, by more than rounding.
  bool changed = false;
};

/// Of the figures that are numbers of one unit in every record of both, in the order of the base's first. Both have the
/// same members and, at least two, replicates.
std::vector<DifferenceParts> difference_parts(const MemberRecords& base, const MemberRecords& other,
                                              const std::vector<Kept>& members);

}  // namespace chokepoint::analysis
