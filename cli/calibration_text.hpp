#pragma once

#include <string>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/study/study.hpp"
#include "cli/terminal/terminal.hpp"

namespace chokepoint::cli {

/// A calibration for a person: what was run, a line a parameter with the ensemble's central 90 % and a small picture of
/// its profile, a line a target with the bands and their interval scores.
std::string calibration_text(const analysis::Study& study, const analysis::Calibration& found,
                             const Terminal& terminal);

/// Why there is no ensemble: how far the nearest set is from each target.
std::string no_fit_text(const analysis::Study& study, const analysis::Calibration& found);

/// A profile as a row of blocks, tall where the likelihood is: exp of half of what the least deviance is below each.
std::string sparkline(std::span<const double> deviances, const Terminal& terminal);

}  // namespace chokepoint::cli
