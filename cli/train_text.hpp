#pragma once

#include <span>
#include <string>

#include "analysis/training/forecast.hpp"
#include "analysis/training/score_table.hpp"
#include "cli/result_printer.hpp"

namespace chokepoint::cli {

/// Forecasts of one run on several servers: a line a figure and a column a server, or a JSON list of objects whose keys
/// the README of the command line names.
std::string forecast_text(std::span<const analysis::TrainingForecast> forecasts, Format format);

/// A score by source, and the rows that have none; or {"core", "rest", "not_scored"}.
std::string score_text(const analysis::TableScore& score, Format format);

/// The fit on the core rows of a table, what it predicts of rows held out, and contrasts.
std::string fit_text(const sim::MeasurementTable& table, Format format);

}  // namespace chokepoint::cli
