#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint schema`: the JSON Schema of scenario files.
Exit run_schema(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
