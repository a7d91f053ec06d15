#pragma once

#include <span>
#include <string>

#include "analysis/training/forecast.hpp"
#include "analysis/training/score_table.hpp"
#include "analysis/training/simulated_steps.hpp"
#include "cli/result_printer.hpp"

namespace chokepoint::cli {

/// The step of each forecast by the closed form and simulated, kind by kind.
std::string simulated_forecast_text(std::span<const analysis::TrainingForecast> runs, const analysis::FabricOfJob& job,
                                    Format format);

/// The same for the core rows of a table: the differences of each source, and of each row in JSON.
std::string simulated_table_text(const analysis::TableScore& score, const analysis::FabricOfJob& job, Format format);

}  // namespace chokepoint::cli
