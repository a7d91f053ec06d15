#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "models/tariff/basic_charge.hpp"
#include "models/tariff/price_series_charge.hpp"
#include "models/tariff/tariff.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/tariff/urdb_rate.hpp"

namespace chokepoint::sim {

/// "kind": "flat": one price for all energy.
struct FlatTariff {
  Price price;
};

/// "kind": "chinese-two-part": energy at sharp, peak, flat and valley prices, and a basic charge by demand or capacity.
struct ChineseTariff {
  std::array<Price, 4> prices;
  models::Schedule schedule;
  models::BasicCharge::Parts basic;
  models::Currency currency;
  double standard_power_factor = 0.90;
  double demand_window_s = 900.0;
};

/// "kind": "hourly": prices of an interval each, written out or in a CSV file, and an adder.
struct HourlyTariff {
  std::string file;
  std::string column;
  models::PriceSeries series;
  models::Currency currency;
  double per_kwh = 1.0;
  double adder_per_kwh = 0.0;
  double demand_price_per_kw = 0.0;
  double demand_window_s = 0.0;
};

/// "kind": "schedule": the fields of the OpenEI form, with days as runs of hours, and what that
/// form has no words for: a ratchet in full, and peaks of the system by date.
struct ScheduleTariff {
  UrdbRate rate;
};

/// A tariff as a scenario or a file states it: the name of one in the catalogue, {"file": "x.json"}, or written out.
struct TariffSpec {
  std::string name;
  std::string file;
  std::variant<FlatTariff, ScheduleTariff, ChineseTariff, HourlyTariff> form;
};

void visit(FieldVisitor& v, TariffSpec& spec);

/// Visits a tariff that is written out: "kind" and its fields, inside an object that the caller has opened.
void visit_written_tariff(FieldVisitor& v, TariffSpec& spec);

/// The tariff of a spec that was read without faults. `folder` is where relative files are looked for. Throws
/// InputError for what is wrong in those files.
models::Tariff resolve_tariff(const TariffSpec& spec, const std::filesystem::path& folder);

}  // namespace chokepoint::sim
