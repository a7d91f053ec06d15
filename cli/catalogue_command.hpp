#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint catalogue [KIND [NAME]]`: the kinds, the entries of a kind, or all that is known of one entry.
Exit run_catalogue(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
