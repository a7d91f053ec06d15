#pragma once

#include <vector>

#include "analysis/calibration/resampling.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// Records of runs that are judged together.
struct WeightedRuns {
  std::vector<sim::Record> records;
  /// One a record.
  std::vector<double> weights;
};

/// Replicates of one scenario, of weight 1 each.
WeightedRuns weighted_alike(std::vector<sim::Record> replicates);

/// Of [member][replicate], each run with the weight of its set.
WeightedRuns weighted_by_set(std::vector<std::vector<sim::Record>> records, const std::vector<Kept>& members);

}  // namespace chokepoint::analysis
