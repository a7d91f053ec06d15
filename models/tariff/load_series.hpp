#pragma once

#include <chrono>
#include <vector>

#include "models/calendar/time_zone.hpp"

namespace chokepoint::models {

/// What a meter exports: the average power of each of many equal steps, one after the other without a gap.
struct LoadSeries {
  Instant start;
  std::chrono::seconds step{900};
  std::vector<double> power_w;

  [[nodiscard]] Instant end() const { return start + step * static_cast<std::int64_t>(power_w.size()); }
};

}  // namespace chokepoint::models
