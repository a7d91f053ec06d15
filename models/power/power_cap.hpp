#pragma once

#include <cmath>

namespace chokepoint::models {

/// How fast work runs at less than its full power: dynamic power (what work adds to idleness) goes with a power of
/// speed. The exponent is 3 where voltage falls with the clock (switching power C V^2 f), 1 at constant voltage; 2 is
/// assumed. All shares and speeds from 0 to 1. Leaves out work bound by memory, which slows down less.
struct PowerCap {
  double exponent = 2.0;
  /// The least speed at which jobs are let in; assumed.
  double least_speed = 0.5;

  [[nodiscard]] double speed(double dynamic_share) const { return std::pow(dynamic_share, 1.0 / exponent); }
  [[nodiscard]] double dynamic_share(double speed) const { return std::pow(speed, exponent); }
  [[nodiscard]] double least_dynamic_share() const { return dynamic_share(least_speed); }
};

}  // namespace chokepoint::models
