#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint export FILE.sqlite`: a table or view of a store as comma-separated values.
Exit run_export(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
