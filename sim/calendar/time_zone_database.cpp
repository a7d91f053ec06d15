#include "sim/calendar/time_zone_database.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <date/tz.h>

#include "models/calendar/posix_zone.hpp"
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

/// Years that a scenario may touch: dates from 1900 on, and a run of a century from any date of the next hundred years.
constexpr std::chrono::year first_year{1900};
constexpr std::chrono::year last_year{2250};

std::chrono::year year_of(models::Instant instant) {
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(instant)}.year();
}

/// The database lists changes up to 2037 (TZif of RFC 8536); the last line of a zone's file holds the rule for all
/// years after.
std::optional<models::PosixZone> rule_for_later_years(const std::string& name) {
  std::ifstream file(std::filesystem::path("/usr/share/zoneinfo") / name, std::ios::binary);
  std::string rule;
  for (std::string line; std::getline(file, line);) rule = line;
  return models::parse_posix_zone(rule);
}

void add_later_years(const std::string& name, std::vector<models::TimeZone::Change>& changes) {
  const auto zone = rule_for_later_years(name);
  if (!zone || !zone->changes) return;
  for (auto year = year_of(changes.back().from); year <= last_year; ++year) {
    std::array dated{std::pair{(*zone->changes)[0].in(year), (*zone->changes)[0].offset_after},
                     std::pair{(*zone->changes)[1].in(year), (*zone->changes)[1].offset_after}};
    std::ranges::sort(dated);
    for (const auto& [from, offset] : dated)
      if (from > changes.back().from) changes.push_back({.from = from, .offset = offset});
  }
}

}  // namespace

models::TimeZone load_time_zone(const std::string& name) {
  if (name == "UTC") return {};
  const date::time_zone* const zone = find_zone(name);
  if (zone == nullptr) throw InputError(unknown_time_zone(name));
  std::vector<models::TimeZone::Change> changes;
  const models::Instant last = std::chrono::sys_days{last_year / std::chrono::December / 31};
  for (models::Instant at = std::chrono::sys_days{first_year / std::chrono::January / 1}; at < last;) {
    const date::sys_info info = zone->get_info(at);
    changes.push_back({.from = changes.empty() ? models::Instant::min() : at, .offset = info.offset});
    at = info.end;
  }
  if (changes.size() > 1) add_later_years(name, changes);
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
