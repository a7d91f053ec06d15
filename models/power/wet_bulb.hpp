#pragma once

#include "models/calendar/time_zone.hpp"

namespace chokepoint::models {

/// Outdoor wet-bulb temperature of a place over the year: a sine about the annual mean, degrees Celsius, warmest on
/// 26 July (coldest half a year before). Leaves out the day's swing, heat waves and the southern hemisphere, whose
/// half-range is negative here.
struct WetBulbClimate {
  double mean_c = 10.0;
  double half_range_c = 0.0;
};

/// The temperature at a wall-clock time, the same for the whole of an hour.
double wet_bulb_c(const WetBulbClimate& climate, LocalTime local);

}  // namespace chokepoint::models
