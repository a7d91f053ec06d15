#pragma once

#include <cstdint>

#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// What a fleet tells of a job. Times in seconds since the start; a job that has not begun or ended has no time for it.
/// `start_s` is the first start. Of a job that has ended, the seconds of work (at full speed) on its GPUs are
/// its duration + lost_work_s + restart_s + checkpoint_s.
struct JobOutcome {
  Job job;
  double start_s = 0.0;
  double end_s = 0.0;
  std::uint32_t nodes = 0;
  double energy_j = 0.0;
  std::uint32_t interruptions = 0;
  /// Work that was done and had to be done again.
  double lost_work_s = 0.0;
  double restart_s = 0.0;
  double checkpoint_s = 0.0;
  /// Work that lasts: of a job that has not ended, all that was done and not lost.
  double done_work_s = 0.0;
};

enum class JobState : std::uint8_t { finished, running, suspended, waiting };

/// Keeps what becomes of jobs.
class JobObserver {
 public:
  virtual ~JobObserver() = default;
  /// Each job once: when it ends, or, with another state, when the run ends before it does.
  virtual void job_left(const JobOutcome& outcome, JobState state) = 0;
  /// The last job of the fleet has ended and no more will come.
  virtual void all_done() {}
};

}  // namespace chokepoint::sim
