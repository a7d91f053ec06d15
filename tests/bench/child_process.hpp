#pragma once

#include <functional>

namespace chokepoint::bench {

/// What a piece of work took in a process of its own, which SimGrid's one engine a process asks for.
struct Cost {
  double seconds = 0.0;
  double events = 0.0;
  /// Largest resident memory of the process, MB.
  double peak_memory_mb = 0.0;
  double extra = 0.0;
  /// Share of the GPUs that worked.
  double allocated = 0.0;
};

/// Forks; the child does `work` and gives its cost (it measures what it wants to count). Throws std::runtime_error if
/// the child fails.
Cost in_child(const std::function<Cost()>& work);

/// Seconds of processor time that `work` takes in this process of one thread: what it takes on a machine at rest,
/// whatever else runs meanwhile.
double seconds_of(const std::function<void()>& work);

}  // namespace chokepoint::bench
