#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/catalogue/facility_entries.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/tariff/tariff_spec.hpp"

namespace chokepoint::sim {

/// A site as its file states it, before names of the catalogue and wall-clock dates are resolved.
struct SiteFields {
  std::string name;
  std::string time_zone = "UTC";
  std::optional<TariffSpec> tariff;
  /// What the bill needs to know of the customer.
  models::BillingOptions billing;
  std::variant<double, std::string, Cooling> pue = 1.0;
  std::optional<std::variant<std::string, models::WetBulbClimate>> climate;
  double carbon_kg_per_j = 0.0;
  double it_load_w = 0.0;
  double facility_load_w = 0.0;
  std::optional<double> limit_w;
  std::vector<SiteSpec::Window> curtailments;
  ShedPolicy shed = ShedPolicy::hold;
};

void visit(FieldVisitor& v, SiteFields& site);

}  // namespace chokepoint::sim
