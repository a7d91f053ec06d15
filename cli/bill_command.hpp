#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint bill`: what any load costs on any tariff.
Exit run_bill(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
