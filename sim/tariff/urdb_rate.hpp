#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/tariff/coincident_event_charge.hpp"
#include "models/tariff/demand_charge.hpp"
#include "models/tariff/energy_charge.hpp"
#include "models/tariff/fixed_charge.hpp"
#include "models/tariff/tariff.hpp"
#include "sim/input/field_visitor.hpp"

namespace chokepoint::sim {

/// A rate in the form of the OpenEI Utility Rate Database (services/doc/rest/util_rates, version 8 and the older names
/// of fixed and minimum charges), as far as a bill needs it, and what the program's own kind adds to it. Rates hold
/// their adjustments.
struct UrdbRate {
  std::string currency = "USD";
  std::vector<std::vector<models::EnergyTier>> energy;
  models::Schedule energy_schedule;
  bool tiers_across_periods = false;
  std::optional<std::array<double, 12>> fuel_adjustments;
  std::vector<std::vector<models::Tier>> demand;
  models::Schedule demand_schedule;
  models::DemandUnit demand_unit;
  std::vector<std::vector<models::Tier>> flat_demand;
  std::array<std::uint16_t, 12> flat_demand_months{};
  models::DemandUnit flat_demand_unit;
  std::vector<std::vector<models::Tier>> coincident;
  models::Schedule coincident_schedule;
  models::DemandUnit coincident_unit;
  std::vector<models::CoincidentEvent> coincident_events;
  double demand_window_min = 0.0;
  std::optional<models::Ratchet> ratchet;
  double reactive_charge = 0.0;
  struct Amount {
    double amount = 0.0;
    models::Per per = models::Per::month;
  };
  std::vector<Amount> fixed;
  std::vector<Amount> minimums;
};

/// Visits the fields of the form inside an object that the caller has opened.
void visit_fields(FieldVisitor& v, UrdbRate& rate);

models::Tariff to_tariff(const UrdbRate& rate, std::string name);

}  // namespace chokepoint::sim
