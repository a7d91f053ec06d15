#pragma once

#include <cstdint>
#include <string>

#include "bench/child_process.hpp"

namespace chokepoint::bench {

/// Jobs after which a fleet of that size is about as full as it gets.
std::uint64_t warm_up_jobs(std::int64_t gpus);

/// A stream of synthetic jobs of mixed sizes on a fleet of 8-GPU nodes, placed by best fit. `load` is the share of the
/// GPUs that would be busy if none ever waited.
struct ScaleRun {
  std::int64_t gpus = 0;
  std::uint64_t jobs = 0;
  double load = 0.8;
  std::string scheduler = "fifo";
  /// Until all jobs are done, or until the last is expected to come.
  bool drains = true;
};

/// Runs it, key figures and all, in this process. `extra` of the cost is the mean number of GPUs of a job, `allocated`
/// the share of the GPUs that were.
Cost scale_run(const ScaleRun& run);

}  // namespace chokepoint::bench
