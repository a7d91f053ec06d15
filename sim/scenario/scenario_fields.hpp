#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/field_visitor.hpp"
#include "sim/scenario/fleet_fields.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/site_fields.hpp"

namespace chokepoint::sim {

/// A scenario as its file states it.
struct ScenarioFields {
  struct DatedRate {
    models::IsoDate from;
    Price rate;
  };

  std::string name;
  std::string title;
  std::string description;
  models::IsoDate start;
  std::optional<models::IsoDate> end;
  std::optional<double> duration_s;
  std::int64_t seed = 1;
  models::Currency currency;
  /// Worth of one unit of each currency in the accounting currency.
  std::map<std::string, std::vector<DatedRate>> exchange_rates;
  double run_in_s = 0.0;
  double series_step_s = 3600.0;
  std::vector<SiteFields> sites;
  std::vector<FleetFields> fleets;
  std::shared_ptr<MarketSpec> market;
  std::optional<CaseSpec> printed_case;
  /// Described here, and read before the fields are: the values of its sets are among them.
  std::string ensemble;
};

void visit(FieldVisitor& v, ScenarioFields& scenario);

}  // namespace chokepoint::sim
