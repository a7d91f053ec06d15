#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint check SCENARIO... [--describe] [--set POINTER=VALUE]...`: every fault of every file, or that there is
/// none.
Exit run_check(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
