#pragma once

#include <filesystem>

#include "analysis/study/study.hpp"

namespace chokepoint::analysis {

/// Reads a study and what it names, and tries each parameter on the scenario: both ends and a number between, every
/// choice, every file, one at a time. Throws InputError with every fault of the file, or, where it has none, of what
/// it names, or, where that has none, of the values where the scenario does not take them.
Study load_study(const std::filesystem::path& path, const sim::JsonLoader& load = sim::load_json);

}  // namespace chokepoint::analysis
