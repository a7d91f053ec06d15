#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint cases [ID]`: what was printed and what the simulator computes, side by side.
Exit run_cases(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
