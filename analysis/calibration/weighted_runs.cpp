#include "analysis/calibration/weighted_runs.hpp"

#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

WeightedRuns weighted_alike(std::vector<sim::Record> replicates) {
  WeightedRuns runs{.records = std::move(replicates), .weights = {}};
  runs.weights.assign(runs.records.size(), 1.0);
  return runs;
}

WeightedRuns weighted_by_set(std::vector<std::vector<sim::Record>> records, const std::vector<Kept>& members) {
  models::expects(records.size() == members.size(), "the runs of every member");
  WeightedRuns runs;
  for (std::size_t i = 0; i < members.size(); ++i)
    for (sim::Record& record : records[i]) {
      runs.records.push_back(std::move(record));
      runs.weights.push_back(members[i].weight);
    }
  return runs;
}

}  // namespace chokepoint::analysis
