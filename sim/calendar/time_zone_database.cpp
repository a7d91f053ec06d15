#include "sim/calendar/time_zone_database.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <date/tz.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

/// Null if there is none, or if there is no database.
const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  } catch (const std::runtime_error&) {
    names.clear();
  }
  return names;
}

}  // namespace

models::TimeZone load_time_zone(const std::string& name, models::Instant from, models::Instant to) {
  if (name == "UTC") return {};
  const date::time_zone* const zone = find_zone(name);
  if (zone == nullptr) throw InputError(unknown_time_zone(name));
  std::vector<models::TimeZone::Change> changes;
  for (models::Instant at = from; changes.empty() || at < to;) {
    const date::sys_info info = zone->get_info(at);
    changes.push_back({.from = changes.empty() ? models::Instant::min() : at, .offset = info.offset});
    if (info.end >= models::Instant::max()) break;
    at = info.end;
  }
  return {name, std::move(changes)};
}

bool is_time_zone(const std::string& name) {
  return name == "UTC" || find_zone(name) != nullptr;
}

Fault unknown_time_zone(const std::string& name) {
  return {.file = {},
          .where = {},
          .expected = "a time zone of the IANA database, such as \"Asia/Shanghai\"",
          .found = '"' + name + '"',
          .hint = near_name_hint(name, zone_names())};
}

}  // namespace chokepoint::sim
