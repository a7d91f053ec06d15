#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/store/database.hpp"
#include "sim/record/table.hpp"

namespace chokepoint::analysis {

/// What is kept of one run of a study.
struct RunRow {
  std::uint64_t point = 0;
  std::uint64_t replicate = 0;
  std::uint64_t seed = 0;
  /// "done", "failed", "timed out", "crashed" or "out of memory".
  std::string status = "done";
  double wall_s = 0.0;
  std::uint64_t memory_bytes = 0;
  /// Why it is not done: the faults of its scenario, the signal, the limit; empty if it is.
  std::string message = {};
  /// Of the parameters and of the outcomes, in their order; an outcome that the run does not have is nothing.
  std::vector<Cell> inputs = {};
  std::vector<Cell> outcomes = {};
  /// With the columns "time_s" and "date" and those that the study keeps.
  sim::Table series = {};
};

inline constexpr const char* status_done = "done";

}  // namespace chokepoint::analysis
