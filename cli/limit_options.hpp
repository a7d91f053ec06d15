#pragma once

#include <optional>
#include <string>

#include "analysis/pool/run_limits.hpp"

namespace chokepoint::cli {

/// The limits of each run from "--time-limit" ("10 min") and "--memory-limit" ("4 GB"). Throws InputError with those
/// that are no such quantity above zero.
analysis::RunLimits run_limits(const std::optional<std::string>& time, const std::optional<std::string>& memory);

}  // namespace chokepoint::cli
