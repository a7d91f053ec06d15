#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/calendar/time_zone.hpp"

namespace chokepoint::models {

/// A date, or a date and time of day, as ISO 8601 writes it; with an offset it names an instant, without one a
/// wall-clock time of whatever place it is read at.
struct IsoDate {
  LocalTime local;
  std::optional<std::chrono::seconds> offset;

  /// The instant in `zone`, or by the date's own offset if it has one.
  [[nodiscard]] Instant at(const TimeZone& zone) const {
    return offset ? Instant{local.time_since_epoch() - *offset} : zone.to_instant(local);
  }
};

/// Reads "2023-10-17", "2023-10-17T08:30", "2023-10-17 08:30:00", each with "Z" or "+08:00" after a time of day.
/// None for another form and for a date that does not exist, such as 2023-02-29.
std::optional<IsoDate> parse_iso_date(std::string_view text);

/// "2023-10-17" of a wall-clock time.
std::string format_date(LocalTime local);
/// "2023-10-17T08:30:00".
std::string format_date_time(LocalTime local);

}  // namespace chokepoint::models
