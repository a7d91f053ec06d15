#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint train MODEL --on SERVER --gpus N`: plan, step time, days, energy and cost of a training run;
/// `chokepoint train --table FILE`: predictions of measured steps, and with --fit the constants fitted on them.
Exit run_train(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
