#include "models/reliability/run_reliability.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/reliability/effective_time.hpp"

namespace chokepoint::models {

namespace {
constexpr double gpus_of_node = 8.0;
}

RunOutlook outlook(const RunReliability& run) {
  expects(run.parameters > 0.0 && run.gpus > 0.0, "a run has parameters and GPUs");
  const double nodes = std::max(1.0, run.gpus / gpus_of_node);
  RunOutlook result{.interruptions_per_s = interruptions_per_s(run.failures, nodes),
                    .node_bytes = checkpoint_bytes({.parameters = run.parameters}) / nodes};
  expects(result.interruptions_per_s > 0.0, "a run is interrupted");
  const double storage_s = transfer_s(result.node_bytes, run.path.write_bytes_per_s);
  result.write_s = run.written_beside ? transfer_s(result.node_bytes, run.path.host_bytes_per_s) : storage_s;
  result.written_beside_s = run.written_beside ? storage_s : 0.0;
  result.restart_s = run.detection_s + run.start_s + transfer_s(result.node_bytes, run.path.read_bytes_per_s);
  // One checkpoint is written before the next begins.
  result.interval_s =
      std::max(daly_interval_s(1.0 / result.interruptions_per_s, result.write_s), result.written_beside_s);
  result.effective_ratio = complete_effective_time_ratio({.interruptions_per_s = result.interruptions_per_s,
                                                          .restart_s = result.restart_s,
                                                          .write_s = result.write_s,
                                                          .interval_s = result.interval_s,
                                                          .written_beside_s = result.written_beside_s});
  return result;
}

}  // namespace chokepoint::models
