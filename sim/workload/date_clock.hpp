#pragma once

#include <optional>
#include <string_view>

#include "models/calendar/iso_date.hpp"
#include "sim/input/csv_table.hpp"

namespace chokepoint::sim {

/// Reads dates of a trace as seconds since the start of 1970 on one clock, that of the first: local times as they
/// stand, or times with an offset. None for another text, for one of the other kind, and for earlier dates.
class DateClock {
 public:
  static constexpr const char* expected = "a date and time from 1970 on, all with an offset or none";

  std::optional<double> seconds(std::string_view text) {
    const auto date = models::parse_iso_date(trim(text));
    if (!date) return std::nullopt;
    if (!first_) first_ = date;
    if (date->offset.has_value() != first_->offset.has_value()) return std::nullopt;
    const auto shift = date->offset ? *first_->offset - *date->offset : std::chrono::seconds{0};
    const double seconds = static_cast<double>((date->local.time_since_epoch() + shift).count());
    return seconds >= 0.0 ? std::optional(seconds) : std::nullopt;
  }

 private:
  std::optional<models::IsoDate> first_;
};

}  // namespace chokepoint::sim
