#pragma once

#include <cstdint>

#include "bench/child_process.hpp"

namespace chokepoint::bench {

/// Jobs after which a fleet of that size is about as full as it gets.
std::uint64_t warm_up_jobs(std::int64_t gpus);

/// Runs a stream of synthetic jobs on a fleet of 8-GPU nodes at load .8 under FIFO and best fit, key figures and all,
/// in this process. `extra` of the cost is the mean number of GPUs of a job.
Cost scale_run(std::int64_t gpus, std::uint64_t jobs);

}  // namespace chokepoint::bench
