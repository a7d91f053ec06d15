#pragma once

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint run SCENARIO [--set POINTER=VALUE]... [--seed N] [--replicates N] [--workers N] [--out DIR] [--format
/// table|json]`
Exit run_run(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
