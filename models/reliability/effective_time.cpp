#include "models/reliability/effective_time.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double effective_time_ratio(const InterruptedWork& work) {
  expects(work.interval_s > 0.0, "an interval is positive");
  const double kept = 1.0 - work.interruptions_per_s * (work.restart_s + work.written_beside_s + work.interval_s / 2.0);
  return std::max(0.0, kept) / (1.0 + work.write_s / work.interval_s);
}

double complete_effective_time_ratio(const InterruptedWork& work) {
  expects(work.interval_s > 0.0, "an interval is positive");
  expects(work.interruptions_per_s >= 0.0, "a rate is not negative");
  const double cycle_s = work.interval_s + work.write_s;
  if (work.interruptions_per_s == 0.0) return work.interval_s / cycle_s;
  const double back = work.interruptions_per_s * (work.restart_s + work.written_beside_s);
  return work.interruptions_per_s * work.interval_s / (std::exp(back) * std::expm1(work.interruptions_per_s * cycle_s));
}

double no_spare_probability(int spares, double failures_per_s, double mean_repair_s) {
  expects(spares >= 0 && failures_per_s >= 0.0 && mean_repair_s >= 0.0, "spares, rates and times are not negative");
  const double load = failures_per_s * mean_repair_s;
  double blocked = 1.0;
  for (int n = 1; n <= spares; ++n) blocked = load * blocked / (n + load * blocked);
  return blocked;
}

double mean_spare_wait_s(int spares, double mean_repair_s) {
  return mean_repair_s / (spares + 1);
}

}  // namespace chokepoint::models
