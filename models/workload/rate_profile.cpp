#include "models/workload/rate_profile.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

namespace chokepoint::models {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double latest_s = 1e10;
constexpr double hour_s = 3600.0;

template <std::size_t N>
bool all_equal(const std::array<double, N>& weights) {
  return std::ranges::all_of(weights, [&](double weight) { return weight == weights.front(); });
}

/// Weights over their mean; equal ones are exactly 1.
template <std::size_t N>
std::array<double, N> normalized(std::array<double, N> weights) {
  if (all_equal(weights)) {
    weights.fill(1.0);
    return weights;
  }
  const double mean = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(N);
  for (double& weight : weights) weight /= mean;
  return weights;
}

}  // namespace

bool RateProfile::is_flat() const {
  return all_equal(by_hour) && all_equal(by_weekday);
}

double RateProfile::peak() const {
  return std::ranges::max(normalized(by_hour)) * std::ranges::max(normalized(by_weekday));
}

RateClock::RateClock(const RateProfile& profile, TimeZone zone, Instant start)
    : by_hour_(normalized(profile.by_hour)),
      by_weekday_(normalized(profile.by_weekday)),
      log_growth_(std::log1p(profile.growth_per_year) / RateProfile::year_s),
      flat_(profile.is_flat()),
      zone_(std::move(zone)),
      start_(start) {}

RateClock::Piece RateClock::piece_at(double time_s) const {
  if (flat_) return {time_s, infinity, 1.0};
  const double second = std::floor(time_s);
  const Instant now = start_ + std::chrono::seconds(static_cast<std::int64_t>(second));
  const LocalTime local = zone_.to_local(now);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto hour = std::chrono::floor<std::chrono::hours>(local);
  double until_s = second + hour_s - static_cast<double>((local - hour).count());
  const Instant change = zone_.next_change(now);
  if (change != Instant::max()) until_s = std::min(until_s, static_cast<double>((change - start_).count()));
  const auto hour_of_day = static_cast<std::size_t>(std::chrono::duration_cast<std::chrono::hours>(hour - day).count());
  return {time_s, until_s, by_hour_[hour_of_day] * by_weekday_[std::chrono::weekday(day).iso_encoding() - 1]};
}

double RateClock::grown(double level, double from_s, double to_s) const {
  if (log_growth_ == 0.0) return level * (to_s - from_s);
  return level * std::exp(log_growth_ * from_s) * std::expm1(log_growth_ * (to_s - from_s)) / log_growth_;
}

double RateClock::rate(double time_s) const {
  return piece_at(time_s).level * std::exp(log_growth_ * time_s);
}

double RateClock::integral(double from_s, double to_s) const {
  double sum_s = 0.0;
  for (double at_s = from_s; at_s < to_s;) {
    const Piece piece = piece_at(at_s);
    const double until_s = std::min(piece.until_s, to_s);
    sum_s += grown(piece.level, at_s, until_s);
    at_s = until_s;
  }
  return sum_s;
}

double RateClock::reach(double from_s, double amount_s) {
  if (flat_ && log_growth_ == 0.0) return from_s + amount_s;
  double left_s = amount_s;
  for (double at_s = from_s; at_s < latest_s;) {
    if (!(last_.from_s <= at_s && at_s < last_.until_s)) last_ = piece_at(at_s);
    const double level = last_.level * (log_growth_ == 0.0 ? 1.0 : std::exp(log_growth_ * at_s));
    const double in_piece_s = level == 0.0 ? 0.0 : grown(last_.level, at_s, std::min(last_.until_s, latest_s));
    if (left_s <= in_piece_s)
      return at_s + (log_growth_ == 0.0 ? left_s / level : std::log1p(left_s * log_growth_ / level) / log_growth_);
    left_s -= in_piece_s;
    at_s = last_.until_s;
  }
  return infinity;
}

}  // namespace chokepoint::models
