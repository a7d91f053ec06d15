#include "models/scheduling/checkpoint_rule.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {

double CheckpointRule::attempt_s(double work_s) const {
  if (!writes()) return work_s;
  return work_s + write_s * std::max(0.0, std::ceil(work_s / interval_s) - 1.0);
}

CheckpointRule::Progress CheckpointRule::progress_at(double spent_s) const {
  if (!writes()) return {.done_s = spent_s, .saved_s = 0.0, .writing_s = 0.0};
  const double cycle_s = interval_s + write_s;
  const double cycles = std::floor(spent_s / cycle_s);
  const double into_cycle_s = spent_s - cycles * cycle_s;
  return {.done_s = cycles * interval_s + std::min(into_cycle_s, interval_s),
          .saved_s = cycles * interval_s,
          .writing_s = cycles * write_s + std::max(0.0, into_cycle_s - interval_s)};
}

}  // namespace chokepoint::models
