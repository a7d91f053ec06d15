#pragma once

#include "cli/command.hpp"

namespace chokepoint::cli {

/// `chokepoint calibrate STUDY`: fits a study's parameters to its targets and writes the ensemble of sets that fit.
Exit run_calibrate(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
