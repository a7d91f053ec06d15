#pragma once

#include <functional>

#include "models/calendar/time_zone.hpp"

namespace chokepoint::sim {

/// Told now and then how far a run is: the share of its work that is done, and the simulated instant.
using Progress = std::function<void(double share, models::Instant now)>;

}  // namespace chokepoint::sim
