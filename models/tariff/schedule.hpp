#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace chokepoint::models {

/// Which period of a tariff every hour of a year belongs to: twelve months by 24 hours of wall-clock time, one table
/// for working days and one for rest days (Saturday, Sunday and whatever holidays a bill is made with). Periods count
/// from 0.
struct Schedule {
  using Table = std::array<std::array<std::uint16_t, 24>, 12>;

  Table weekday{};
  Table weekend{};

  /// `month` and `hour` from 0.
  [[nodiscard]] std::size_t period(std::size_t month, std::size_t hour, bool rest_day) const {
    return (rest_day ? weekend : weekday)[month][hour];
  }
  /// The highest period of any hour.
  [[nodiscard]] std::size_t last_period() const {
    std::size_t last = 0;
    for (const Table* table : {&weekday, &weekend})
      for (const auto& day : *table)
        for (const std::uint16_t period : day) last = period > last ? period : last;
    return last;
  }
  /// The same period all day, by month.
  static Schedule by_month(const std::array<std::uint16_t, 12>& periods) {
    Schedule schedule;
    for (std::size_t month = 0; month < 12; ++month) schedule.weekday[month].fill(periods[month]);
    schedule.weekend = schedule.weekday;
    return schedule;
  }

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

}  // namespace chokepoint::models
