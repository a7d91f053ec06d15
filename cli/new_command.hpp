#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint new NAME [--out FILE]`: a commented scenario to start from.
Exit run_new(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
