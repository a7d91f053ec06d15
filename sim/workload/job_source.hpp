#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "models/scheduling/job_size.hpp"

namespace chokepoint::sim {

/// Work as it is submitted: `gpus` GPUs together for `duration_s` seconds at full speed.
struct Job {
  /// Its row in a trace, or its number in a stream; rising in the order of submission where times are equal.
  std::uint64_t index = 0;
  double submit_s = 0.0;
  double duration_s = 0.0;
  std::int32_t gpus = 0;
  std::uint32_t tenant = 0;
  /// Higher goes first where the scheduler heeds it.
  std::int32_t priority = 0;
  /// Its draw at work: share of what computing adds to idleness, 1 being the mean over a training run.
  double intensity = 1.0;
  /// Where it may run on one of several sizes, all of them, the one that it wants most first: that is the one of
  /// `gpus`, `duration_s` and `intensity`. They outlive the fleet. Durations are all above 0, or all 0.
  std::span<const models::JobSize> sizes{};
  /// Whose it is, a number of the fleet's OwnerTable.
  std::uint32_t owner = 0;
  /// The time that its user announced, which schedulers plan with, s; 0 where they know the duration.
  double announced_s = 0.0;
  /// The date at which it leaves, whether it has run or not.
  double leaves_s = std::numeric_limits<double>::infinity();
  /// Of its time on more than one node, the share that exchanges between nodes take which nothing hides; below 0 it is
  /// the fleet's.
  double communication_share = -1.0;
};

/// Jobs one after the other, in order of submission, so that a stream of any length needs no memory.
class JobSource {
 public:
  virtual ~JobSource() = default;
  /// False when there are no more.
  virtual bool next(Job& job) = 0;
};

}  // namespace chokepoint::sim
