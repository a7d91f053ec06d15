#pragma once

#include <filesystem>
#include <vector>

#include "analysis/study/study.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

/// Reads a study that is to be run. Throws InputError with all that is wrong with its file, after `faults` that the
/// caller found elsewhere. Where there are any, the outcomes are held against one run of the scenario, without the
/// parameters, if that comes to its end within five seconds: slips of known names are told with the rest. Other
/// outcomes are left to the first runs of the sound study, since what is at fault may bring them.
Study load_study_to_run(const std::filesystem::path& path, std::vector<sim::Fault> faults = {});

}  // namespace chokepoint::analysis
