#pragma once

#include <string>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/market/shock_fields.hpp"

namespace chokepoint::tests {

inline std::vector<sim::ShockSpec> read_shocks(const std::string& text) {
  const sim::Json json = sim::parse_json(text, "shocks.json");
  sim::JsonReader reader(json, "shocks.json");
  std::vector<sim::ShockSpec> shocks;
  sim::visit_shocks(reader, shocks);
  sim::throw_if_any(reader.take_faults());
  return shocks;
}

inline std::chrono::local_days day(const char* text) {
  return std::chrono::floor<std::chrono::days>(models::parse_iso_date(text).value().local);
}

}  // namespace chokepoint::tests
