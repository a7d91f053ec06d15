#pragma once

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint facts SCENARIO [--facts FILE] [--replicates N] [--sets M] [--set POINTER=VALUE]... [--seed N]
/// [--workers N] [--format text|json]`: reported figures of a market held against runs of it.
Exit run_facts(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
