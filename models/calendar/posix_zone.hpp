#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

namespace chokepoint::models {

/// The rule by which a place sets its clock in every year, as POSIX writes it for the variable TZ (IEEE Std 1003.1,
/// Base Definitions, 8.3, with the times beyond a day of RFC 8536, 3.3.1): "CET-1CEST,M3.5.0,M10.5.0/3". Only days of
/// the form Mm.w.d are read, the only one in use.
struct PosixZone {
  /// On the wall clock before the change: the `week`th `day` of the month (5: the last), and seconds from its midnight.
  struct Change {
    std::chrono::month month{};
    unsigned week = 0;
    std::chrono::weekday day;
    std::chrono::seconds time{0};
    /// From universal time, before and after.
    std::chrono::seconds offset_before{0};
    std::chrono::seconds offset_after{0};

    [[nodiscard]] std::chrono::sys_seconds in(std::chrono::year year) const;
  };

  /// None in a place whose clock never changes.
  std::optional<std::array<Change, 2>> changes;
};

/// None for a text of another form.
std::optional<PosixZone> parse_posix_zone(std::string_view text);

}  // namespace chokepoint::models
