#pragma once

#include <string>
#include <vector>

#include "analysis/calibration/weighted_runs.hpp"
#include "models/statistics/quantile_band.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// One series of a market.
struct PathQuestion {
  /// "A800 SXM server": the product and its form.
  std::string product;
  /// The first that has the product where nothing is said.
  std::string region;
  /// Of market.csv, such as "spot" or "lead_time_days".
  std::string column = "spot";
};

/// Means of months, as figures "2023-10" of a record without tables: small enough to be kept of many runs. Amounts of
/// days (orders, deliveries and the like) are summed instead. A month without a value has none. Throws InputError with
/// all that the run's market has not: product, region, column.
sim::Record monthly_path(const sim::Record& run, const PathQuestion& question);

struct PathPoint {
  std::string month;
  models::QuantileBand band;
  /// That have a value.
  std::size_t runs = 0;
};

/// By month, of records of monthly_path.
std::vector<PathPoint> path_bands(const WeightedRuns& paths);

}  // namespace chokepoint::analysis
