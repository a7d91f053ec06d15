#pragma once

#include <cstdint>

#include "models/scheduling/node_pool.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

class Fleet;

/// Hears which jobs of a fleet work, so that it may set their rates: contention for a fabric, say. A job that is
/// suspended does not work; when it goes on it has the rate that it had. A slot names the job while it works.
class WorkWatcher {
 public:
  virtual ~WorkWatcher() = default;
  /// Starts, or goes on after it was suspended. `allocation` stays until the job stops.
  virtual void work_began(std::uint32_t slot, const Job& job, const models::Allocation& allocation) = 0;
  /// Ends, is interrupted or suspended.
  virtual void work_stopped(std::uint32_t slot) = 0;
  /// After each event in which jobs may have begun or stopped: `fleet.set_rate` of any job that works may be called.
  virtual void settle(Fleet& fleet) = 0;
};

}  // namespace chokepoint::sim
