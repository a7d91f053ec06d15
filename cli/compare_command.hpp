#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `compare`: courses on the same draws, and what differs between them.
Exit run_compare(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
