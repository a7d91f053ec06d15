#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

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

}  // namespace chokepoint::cli
