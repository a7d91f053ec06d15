#include "models/tariff/metered_load.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/quantity/quantity.hpp"

namespace chokepoint::models {
namespace {

using std::chrono::local_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

/// Wall-clock time along a series of instants, without a search at each.
class Clock {
 public:
  Clock(const TimeZone& zone, Instant start) : zone_(zone) { look(start); }

  LocalTime show(Instant instant) {
    if (instant >= change_) look(instant);
    return LocalTime{instant.time_since_epoch() + offset_};
  }
  [[nodiscard]] std::chrono::seconds offset() const { return offset_; }

 private:
  void look(Instant instant) {
    offset_ = zone_.offset_at(instant);
    change_ = zone_.next_change(instant);
  }

  const TimeZone& zone_;
  std::chrono::seconds offset_{0};
  Instant change_;
};

Instant month_start(year_month month, const TimeZone& zone) {
  return zone.to_instant(LocalTime{local_days{month / 1}});
}

void average_over_windows(MeteredLoad& metered, const TimeZone& zone, std::chrono::seconds window) {
  if (window <= metered.step) return;
  Clock clock(zone, metered.start);
  std::vector<MeterStep>& steps = metered.steps;
  for (std::size_t first = 0; first < steps.size();) {
    const auto window_of = [&](std::size_t index) {
      const LocalTime local = clock.show(metered.time(index));
      return std::pair(clock.offset(), local.time_since_epoch() / window);
    };
    const auto here = window_of(first);
    double sum = 0.0;
    std::size_t end = first;
    for (; end < steps.size() && (end == first || window_of(end) == here); ++end) sum += steps[end].demand_kw;
    const double average = sum / static_cast<double>(end - first);
    for (; first < end; ++first) steps[first].demand_kw = average;
  }
}

void sum_up_months(MeteredLoad& metered, const TimeZone& zone, Instant end) {
  for (MeterMonth& month : metered.months) {
    std::uint32_t day = 0;
    for (std::size_t i = month.first_step; i < month.end_step; ++i) {
      const MeterStep& step = metered.steps[i];
      month.energy_kwh += step.energy_kwh;
      month.peak_kw = std::max(month.peak_kw, step.demand_kw);
      if (i == month.first_step || step.day != day) month.days += 1.0;
      day = step.day;
    }
    month.billing_kw = month.peak_kw;
    const Instant begins = month_start(month.month, zone);
    const Instant ends = month_start(month.month + std::chrono::months{1}, zone);
    const auto covered = std::min(ends, end) - std::max(begins, metered.start);
    month.share = static_cast<double>(covered.count()) / static_cast<double>((ends - begins).count());
  }
  if (!metered.ratchet || metered.months.empty()) return;
  std::vector<double> peaks;
  for (const MeterMonth& month : metered.months) peaks.push_back(month.peak_kw);
  const auto billing = billing_demands(*metered.ratchet, metered.months.front().month, peaks, metered.options);
  for (std::size_t i = 0; i < billing.size(); ++i) metered.months[i].billing_kw = billing[i];
}

}  // namespace

bool is_rest_day(local_days day, const std::vector<local_days>& holidays) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday ||
         std::ranges::binary_search(holidays, day);
}

std::chrono::seconds meter_step(const LoadSeries& load, const TimeZone& zone, const MeterRules& rules) {
  const std::int64_t hour = 3600;
  std::int64_t step = std::gcd(load.step.count(), hour);
  const auto cut_at = [&step](std::int64_t place) { step = std::gcd(step, std::abs(place) % hour); };
  cut_at(load.start.time_since_epoch().count() + zone.offset_at(load.start).count());
  for (Instant change = zone.next_change(load.start); change < load.end(); change = zone.next_change(change)) {
    cut_at((change - load.start).count());
    cut_at(zone.offset_at(change).count() - zone.offset_at(load.start).count());
  }
  const std::int64_t window = rules.window.count();
  if (window > 0 && window % step != 0 && step % window != 0) step = std::gcd(step, window);
  if (rules.interval.count() > 0) {
    step = std::gcd(step, rules.interval.count());
    step = std::gcd(step, load.start.time_since_epoch().count() % rules.interval.count());
  }
  return std::chrono::seconds{step};
}

MeteredLoad meter(const LoadSeries& load, const TimeZone& zone, const MeterRules& rules,
                  const BillingOptions& options) {
  expects(load.step.count() > 0, "a load has a step above zero");
  MeteredLoad metered{.start = load.start,
                      .step = meter_step(load, zone, rules),
                      .steps = {},
                      .months = {},
                      .ratchet = rules.ratchet,
                      .options = options};
  const auto parts = static_cast<std::size_t>(load.step / metered.step);
  const double step_hours = static_cast<double>(metered.step.count()) / seconds_per_hour;
  metered.steps.reserve(load.power_w.size() * parts);

  Clock clock(zone, load.start);
  const local_days first_day = std::chrono::floor<std::chrono::days>(clock.show(load.start));
  std::optional<local_days> today;
  bool rest_day = false;
  for (const double power_w : load.power_w) {
    const double power_kw = power_w / 1e3;
    for (std::size_t part = 0; part < parts; ++part) {
      const LocalTime local = clock.show(metered.time(metered.steps.size()));
      const local_days day = std::chrono::floor<std::chrono::days>(local);
      if (day != today) {
        today = day;
        rest_day = is_rest_day(day, options.holidays);
        const year_month_day date{day};
        const year_month month = date.year() / date.month();
        if (metered.months.empty() || metered.months.back().month < month)
          metered.months.push_back({.month = month, .first_step = metered.steps.size()});
      }
      metered.steps.push_back({.energy_kwh = power_kw * step_hours,
                               .demand_kw = power_kw,
                               .month = static_cast<std::uint32_t>(metered.months.size() - 1),
                               .day = static_cast<std::uint32_t>((day - first_day).count()),
                               .hour = static_cast<std::uint8_t>((local - day) / std::chrono::hours{1}),
                               .rest_day = rest_day});
      metered.months.back().end_step = metered.steps.size();
    }
  }
  average_over_windows(metered, zone, rules.window);
  sum_up_months(metered, zone, load.end());
  return metered;
}

}  // namespace chokepoint::models
