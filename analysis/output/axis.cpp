#include "analysis/output/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"

namespace chokepoint::analysis {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr double hour_s = 3600.0;
constexpr double day_s = 86400.0;

double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double multiple : {1.0, 2.0, 2.5, 5.0})
    if (multiple * power >= least * (1.0 - 1e-9)) return multiple * power;
  return 10.0 * power;
}

// Places after the point that a multiple of `step` needs.
int places_of(double step) {
  int places = 0;
  for (double scaled = step; places < 12 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled; scaled *= 10.0)
    ++places;
  return places;
}

std::chrono::year_month_day date_of(models::LocalTime time) {
  return std::chrono::year_month_day(std::chrono::floor<days>(time));
}

std::string day_label(models::LocalTime time, bool with_year) {
  const auto date = date_of(time);
  std::string label = fmt::format("{} {}", unsigned(date.day()), month_names[unsigned(date.month()) - 1]);
  return with_year ? fmt::format("{} {}", label, int(date.year())) : label;
}

// Steps of whole months: the first of each `months`-th month.
std::vector<Tick> month_ticks(models::LocalTime start, double begin, double end, int months) {
  std::vector<Tick> ticks;
  const auto first = date_of(start + seconds(std::llround(begin)));
  int index = (int(first.year()) * 12 + int(unsigned(first.month())) - 1) / months * months;
  for (;; index += months) {
    const std::chrono::year_month month{std::chrono::year(index / 12), std::chrono::month(unsigned(index % 12) + 1)};
    const models::LocalTime local{std::chrono::local_days(month / 1)};
    const double at = static_cast<double>((local - start).count());
    if (at > end) return ticks;
    if (at < begin) continue;
    const std::string year = std::to_string(index / 12);
    const std::string name = month_names[static_cast<std::size_t>(index % 12)];
    ticks.push_back({at, months >= 12 ? year : ticks.empty() || index % 12 == 0 ? name + " " + year : name});
  }
}

// Steps of whole days or parts of a day, counted from midnight.
std::vector<Tick> clock_ticks(models::LocalTime start, double begin, double end, double step) {
  std::vector<Tick> ticks;
  const double since_midnight = static_cast<double>((start - std::chrono::floor<days>(start)).count());
  for (double at = std::ceil((begin + since_midnight) / step) * step - since_midnight; at <= end; at += step) {
    const models::LocalTime local = start + seconds(std::llround(at));
    const std::chrono::hh_mm_ss clock(local - std::chrono::floor<days>(local));
    const bool midnight = clock.to_duration() == seconds(0);
    std::string label = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
    if (midnight) label = day_label(local, ticks.empty());
    if (ticks.empty() && !midnight) label = day_label(local, false) + " " + label;
    ticks.push_back({at, std::move(label)});
  }
  return ticks;
}

std::vector<Tick> calendar_ticks(models::LocalTime start, double begin, double end, int count) {
  const double least_step = (end - begin) / count;
  for (const double step : {60.0, 300.0, 900.0, 1800.0, hour_s, 3 * hour_s, 6 * hour_s, 12 * hour_s, day_s, 2 * day_s,
                            5 * day_s, 7 * day_s, 14 * day_s})
    if (step >= least_step) return clock_ticks(start, begin, end, step);
  for (const int months : {1, 2, 3, 6, 12, 24, 60, 120, 240, 600})
    if (months * 30.4 * day_s >= least_step) return month_ticks(start, begin, end, months);
  return month_ticks(start, begin, end, 1200);
}

std::vector<Tick> duration_ticks(double begin, double end, int count) {
  const double least_step = (end - begin) / count;
  double step = 0.0;
  for (const double candidate : {60.0, 300.0, 900.0, 1800.0, hour_s, 3 * hour_s, 6 * hour_s, 12 * hour_s, day_s})
    if (step == 0.0 && candidate >= least_step) step = candidate;
  if (step == 0.0) step = round_step(least_step / day_s) * day_s;
  const auto [unit, name] = step < hour_s  ? std::pair(60.0, "min")
                            : step < day_s ? std::pair(hour_s, "h")
                                           : std::pair(day_s, "d");
  std::vector<Tick> ticks;
  for (double at = std::ceil(begin / step) * step; at <= end; at += step)
    ticks.push_back({at, fmt::format("{} {}", at / unit, name)});
  return ticks;
}

}  // namespace

std::vector<Tick> value_ticks(double least, double most, int steps) {
  if (!(most > least)) most = least + (least == 0.0 ? 1.0 : std::abs(least));
  // Rounding outwards adds up to two steps, so that a wider step may be due.
  double step = round_step((most - least) / steps);
  while (std::ceil(most / step - 1e-9) - std::floor(least / step + 1e-9) > steps) step = round_step(step * 1.01);
  const double first = std::floor(least / step + 1e-9);
  const double last = std::ceil(most / step - 1e-9);
  std::vector<Tick> ticks;
  for (double i = first; i <= last; ++i)
    ticks.push_back({i * step, with_thousands(fmt::format("{:.{}f}", i * step + 0.0, places_of(step)))});
  return ticks;
}

std::vector<Tick> time_ticks(double begin, double end, std::optional<models::LocalTime> start, int count) {
  if (!(end > begin)) return {};
  return start ? calendar_ticks(*start, begin, end, count) : duration_ticks(begin, end, count);
}

}  // namespace chokepoint::analysis
