#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "analysis/study/study.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

/// A study's file as far as it could be read.
struct StudyReading {
  /// Whole where there are no faults. Otherwise with those parameters, outcomes and the design that could be read, and
  /// none without a scenario.
  std::optional<Study> study;
  std::vector<sim::Fault> faults;
};

/// Reads a study and what it names, and tries each parameter on the scenario: both ends and a number between, every
/// choice, every file, one at a time. What is wrong in one part keeps no other from being read and tried, so that all
/// faults of the file, of what it names and of the values that the scenario does not take come at once. Throws
/// InputError where the file is no JSON.
StudyReading read_study(const std::filesystem::path& path, const sim::JsonLoader& load = sim::load_json);

/// The study of a file. Throws InputError with all its faults.
Study load_study(const std::filesystem::path& path, const sim::JsonLoader& load = sim::load_json);

}  // namespace chokepoint::analysis
