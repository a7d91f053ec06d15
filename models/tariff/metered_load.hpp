#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/calendar/time_zone.hpp"
#include "models/tariff/billing_options.hpp"
#include "models/tariff/load_series.hpp"
#include "models/tariff/ratchet.hpp"

namespace chokepoint::models {

/// A stretch of time within one hour of the wall clock: what it used, and the demand of the window that it lies in.
struct MeterStep {
  double energy_kwh = 0.0;
  double demand_kw = 0.0;
  std::uint32_t month = 0;  ///< index into MeteredLoad::months
  std::uint32_t day = 0;    ///< wall-clock days from the first
  std::uint8_t hour = 0;
  bool rest_day = false;
};

/// A calendar month of wall-clock time, or the part of it that the load covers.
struct MeterMonth {
  std::chrono::year_month month;
  double share = 1.0;  ///< of the month's seconds that the load covers
  double days = 0.0;   ///< wall-clock days that the load touches
  double energy_kwh = 0.0;
  double peak_kw = 0.0;
  double billing_kw = 0.0;  ///< highest demand after the tariff's ratchet
  std::size_t first_step = 0;
  std::size_t end_step = 0;

  /// 0 for January.
  [[nodiscard]] std::size_t calendar_month() const { return static_cast<unsigned>(month.month()) - 1; }
};

/// How a tariff reads the meter.
struct MeterRules {
  /// Demand is the average over windows of this length, which begin at midnight of wall-clock time; 0 for the step of
  /// the load. A load whose steps are longer uses its steps.
  std::chrono::seconds window{0};
  /// Steps must not straddle multiples of this length of time since 1970; 0 if it does not matter.
  std::chrono::seconds interval{0};
  std::optional<Ratchet> ratchet{};
};

/// A load as a meter shows it to a tariff: steps that each lie within one hour of the wall clock, by month. Power is
/// constant within a step of the load, so cutting steps is exact; a window that the load covers in part has the average
/// of that part. Clock changes give days of 23 or 25 hours.
struct MeteredLoad {
  Instant start;
  std::chrono::seconds step{3600};
  std::vector<MeterStep> steps;
  std::vector<MeterMonth> months;
  std::optional<Ratchet> ratchet{};
  BillingOptions options;

  [[nodiscard]] Instant time(std::size_t index) const { return start + step * static_cast<std::int64_t>(index); }
};

/// Whether a wall-clock day counts as one of rest: Saturday, Sunday and `holidays`, which stand in order.
bool is_rest_day(std::chrono::local_days day, const std::vector<std::chrono::local_days>& holidays);

/// The longest step that cuts the load's steps so that each lies within one hour, window and interval.
std::chrono::seconds meter_step(const LoadSeries& load, const TimeZone& zone, const MeterRules& rules);

MeteredLoad meter(const LoadSeries& load, const TimeZone& zone, const MeterRules& rules, const BillingOptions& options);

}  // namespace chokepoint::models
