#pragma once

#include <string>

#include "analysis/training/score_table.hpp"
#include "cli/result_printer.hpp"

namespace chokepoint::cli {

/// A score by source, and the rows that have none; or {"core", "rest", "not_scored"}.
std::string score_text(const analysis::TableScore& score, Format format);

/// The fit on the core rows of a table, what it predicts of rows held out, and contrasts.
std::string fit_text(const sim::MeasurementTable& table, Format format);

}  // namespace chokepoint::cli
