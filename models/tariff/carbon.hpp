#pragma once

#include "models/quantity/quantity.hpp"

namespace chokepoint::models {

/// Mass of CO2, kg, of energy drawn from a grid of this average intensity. Leaves out marginal and hourly intensities.
constexpr double carbon_kg(Energy energy, CarbonIntensity intensity) {
  return energy.value * intensity.value;
}

}  // namespace chokepoint::models
