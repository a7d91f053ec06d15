#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/input/embedded_file.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// The files of `scenarios/cases` and those that they extend, by their paths within `scenarios`.
std::span<const EmbeddedFile> case_files();

/// The names of those of them that are cases, such as "cases/yangquan-bill", in alphabetical order.
std::vector<std::string> case_scenario_names();

/// The scenario of that name. Throws InputError with every fault of it, a name that is none included. What it names
/// beside the catalogue (traces, files of tariffs) is not compiled in.
Scenario load_case_scenario(const std::string& name);

}  // namespace chokepoint::sim
