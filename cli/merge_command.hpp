#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint merge FILE.sqlite PART.sqlite...`: puts the stores of shards into one.
Exit run_merge(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
