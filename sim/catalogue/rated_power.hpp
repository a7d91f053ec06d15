#pragma once

#include <optional>

#include "models/hardware/accelerator.hpp"

namespace chokepoint::sim {

/// The most that a GPU and its share of a server are rated to draw, W: of the first by name of the catalogue's servers
/// that have it; without one, the accelerator's own. None where neither is known.
std::optional<double> rated_power_w(const models::Accelerator& accelerator);

}  // namespace chokepoint::sim
