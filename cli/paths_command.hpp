#pragma once

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint paths BASE [OTHER...] --product NAME [--region NAME] [--column NAME] [--from MONTH] [--with SETTINGS]...
/// [--set POINTER=VALUE]... [--replicates N] [--sets M] [--seed N] [--workers N] [--format table|json]`: a series of a
/// market month by month.
Exit run_paths(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
