#pragma once

namespace chokepoint::models {

/// Pace, of 1 where nothing is in the way, of work of which `communication` (a share of its time, 0 to 1) takes
/// `slowdown` times as long; a slowdown of 1 or less leaves it at 1 exactly. Amdahl's law, none of it hidden.
[[nodiscard]] constexpr double slowed_pace(double communication, double slowdown) {
  return slowdown > 1.0 ? 1.0 / (1.0 - communication + communication * slowdown) : 1.0;
}

}  // namespace chokepoint::models
