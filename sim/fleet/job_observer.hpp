#pragma once

#include <cstdint>

#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// What a fleet tells of a job. Times in seconds since the start; a job that has not begun or ended has no time for it.
/// `start_s` is the first start. Of a job that has ended, the seconds of work (at full speed) on its GPUs are
/// its duration + lost_work_s + restart_s + checkpoint_s; where it ran on several sizes, its duration on each counts
/// for the share of the work that it did there. A job that leaves at its date has an end whether it ran or not.
struct JobOutcome {
  Job job;
  double start_s = 0.0;
  double end_s = 0.0;
  /// Of its last start, where it had one; otherwise what it wants.
  std::int32_t gpus = 0;
  std::uint32_t nodes = 0;
  std::uint32_t generation = 0;
  double energy_j = 0.0;
  std::uint32_t interruptions = 0;
  /// Work that was done and had to be done again.
  double lost_work_s = 0.0;
  double restart_s = 0.0;
  double checkpoint_s = 0.0;
  /// Of its duration, what is still to be done when the run ends or it leaves; 0 of a job that has finished.
  double remaining_s = 0.0;
  /// When this is told: at its end, or at that of the run.
  double told_s = 0.0;
};

enum class JobState : std::uint8_t { finished, running, suspended, waiting, left };

/// Keeps what becomes of jobs.
class JobObserver {
 public:
  virtual ~JobObserver() = default;
  /// Each job once: when it ends, or leaves at its date, or, with another state, when the run ends before it does.
  virtual void job_left(const JobOutcome& outcome, JobState state) = 0;
  /// The last job of the fleet has ended and no more will come.
  virtual void all_done() {}
};

}  // namespace chokepoint::sim
