#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/output/output_folder.hpp"
#include "analysis/replicates/figure_sample.hpp"
#include "analysis/statistics/mean_interval.hpp"
#include "models/statistics/quantile_band.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A number over replicates: its mean, and where the middle of the draws lies. None where no replicate has it.
struct SampleSummary {
  MeanInterval mean;
  models::QuantileBand band;
};
std::optional<SampleSummary> summary_of(const FigureSample& sample);

/// What cli/README.md describes under `run --replicates`: the scenario, and an object a figure. As text, indented, with
/// a line feed at its end.
std::string replicates_text(std::span<const sim::Record> replicates);

/// The files of a folder for replicates: summary.json, replicates.csv, and where there are series their bands over
/// time, series.csv and run.svg. `replicates` must outlive them.
std::vector<OutputFile> replicates_files(std::span<const sim::Record> replicates);

}  // namespace chokepoint::analysis
