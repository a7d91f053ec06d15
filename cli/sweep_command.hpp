#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint sweep STUDY`: runs a study into a store, goes on with one, or runs one shard of it.
Exit run_sweep(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
