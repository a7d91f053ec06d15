#pragma once

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint replay TRACE --nodes N | --tenants FILE [options]`
Exit run_replay(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
