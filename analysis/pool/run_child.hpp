#pragma once

#include <sys/types.h>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_result.hpp"

namespace chokepoint::analysis {

/// The forked process that a run is: dies with `parent`, does the run within `limits`, writes its messages to the pipe
/// `descriptor` and leaves with _exit.
[[noreturn]] void be_run(const Run& run, const RunLimits& limits, int descriptor, pid_t parent);

}  // namespace chokepoint::analysis
