#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/result_printer.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::cli {

/// Runs one scenario in this process with a progress bar, writes the folder of `out` if there is one, and prints the
/// result. Ctrl-C ends it with nothing half-written (analysis::Interrupted).
void simulate_and_show(const sim::Scenario& scenario, sim::RunOptions options,
                       const std::optional<std::filesystem::path>& out, Format format);

}  // namespace chokepoint::cli
