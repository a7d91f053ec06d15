#pragma once

#include <vector>

#include "analysis/output/output_folder.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The files of a result folder: summary.json, a CSV for each table of the record (series.csv, jobs.csv, bills.csv),
/// and run.svg if there is a series to draw. `record` must outlive them.
std::vector<OutputFile> result_files(const sim::Record& record);

}  // namespace chokepoint::analysis
