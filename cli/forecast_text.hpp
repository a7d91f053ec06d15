#pragma once

#include <span>
#include <string>

#include "analysis/training/forecast.hpp"
#include "cli/result_printer.hpp"

namespace chokepoint::cli {

/// Forecasts of one run, at least one: a column a server, as many beside each other as the terminal is wide; below
/// them, where plans were kept, the fastest plans of each server and why others are slower or do not fit.
std::string forecast_table(const analysis::TrainingRequest& request, std::span<const analysis::TrainingForecast> runs,
                           const Terminal& terminal);

/// The same as a JSON list of objects whose keys the README of the command line names.
std::string forecast_json(std::span<const analysis::TrainingForecast> runs);

}  // namespace chokepoint::cli
