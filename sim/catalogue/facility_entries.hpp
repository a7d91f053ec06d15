#pragma once

#include <variant>

#include "models/power/pue.hpp"
#include "models/power/wet_bulb.hpp"
#include "models/quantity/quantity.hpp"
#include "sim/catalogue/entry.hpp"

namespace chokepoint::sim {

/// How a facility turns IT power into what it draws, before it is given the size of a site.
struct Cooling {
  std::variant<models::ConstantPue, models::LoadAndWeatherPue> model;

  /// For a site whose IT equipment draws at most `it_capacity_w`.
  [[nodiscard]] models::Pue pue(double it_capacity_w) const;
};

/// The fields of a cooling model, for the catalogue and for scenarios; call it inside `FieldVisitor::object`.
void visit_cooling_fields(FieldVisitor& visitor, Cooling& cooling);
/// Mean and half-range, likewise.
void visit_climate_fields(FieldVisitor& visitor, models::WetBulbClimate& climate);

void visit(FieldVisitor& visitor, Entry<Cooling>& entry);
void visit(FieldVisitor& visitor, Entry<models::WetBulbClimate>& entry);
void visit(FieldVisitor& visitor, Entry<models::CarbonIntensity>& entry);

}  // namespace chokepoint::sim
