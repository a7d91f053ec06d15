#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/compared_courses.hpp"
#include "cli/result_printer.hpp"
#include "sim/scenario/ensemble.hpp"

namespace chokepoint::cli {

/// What is asked of the runs of a scenario that names an ensemble.
struct EnsembleRuns {
  std::uint64_t seed = 1;
  std::uint32_t replicates = 2;
  /// Sets that are run, drawn by weight; all for none.
  std::optional<std::size_t> sets;
  std::size_t workers = 1;
};

/// Runs sets of an ensemble, each with the same replicates, and prints of each figure the mean and three bands: of all
/// runs, of luck within a set, and of ignorance between sets.
void run_and_show(const sim::ScenarioDocument& document, const sim::Ensemble& ensemble, const EnsembleRuns& runs,
                  Format format);

/// Runs the first of the courses and each other under the same sets of their one ensemble, all with the same draws, and
/// prints what differs from the first, set by set and replicate by replicate: the mean and the same three bands. With
/// `figures`, only those. Throws UsageError unless all courses name the same sets, and InputError for figures that none
/// has.
void compare_and_show(const std::deque<ComparedCourse>& courses, const EnsembleRuns& runs,
                      const std::vector<std::string>& figures, Format format);

}  // namespace chokepoint::cli
