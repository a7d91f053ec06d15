#pragma once

#include <array>

#include "models/calendar/time_zone.hpp"

namespace chokepoint::models {

/// How a rate (of jobs, of visitors) rises and falls by the clock, and grows: its ratio to the mean over a week at the
/// start is hour weight times weekday weight times (1 + growth)^years, a year being 365.25 days. Weights count relative
/// to their mean; they are not negative, and one of each kind is above 0.
struct RateProfile {
  static constexpr double year_s = 365.25 * 86400.0;

  std::array<double, 24> by_hour{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  /// Monday first.
  std::array<double, 7> by_weekday{1, 1, 1, 1, 1, 1, 1};
  /// Above -1.
  double growth_per_year = 0.0;

  [[nodiscard]] bool is_flat() const;
  /// The highest hour of the week over the mean, without growth.
  [[nodiscard]] double peak() const;
};

/// A profile on the clock of a place, in seconds since an instant: the rate is the ratio of RateProfile, its integral
/// is exact. Hours that the wall clock shows twice or not at all count as it shows them.
class RateClock {
 public:
  RateClock(const RateProfile& profile, TimeZone zone, Instant start);

  [[nodiscard]] double rate(double time_s) const;
  /// Of the rate between two dates, `from_s` <= `to_s`: seconds at the mean rate.
  [[nodiscard]] double integral(double from_s, double to_s) const;
  /// The date at which the integral from `from_s` on reaches `amount_s` > 0; infinity if it does not in three
  /// centuries. With one unit-rate exponential an event, dates are those of a Poisson process of this rate (Cinlar
  /// 1975, "Introduction to Stochastic Processes", 4.7). O(hours passed); quickest for dates that rise.
  [[nodiscard]] double reach(double from_s, double amount_s);

 private:
  struct Piece {
    double from_s;
    double until_s;
    double level;
  };
  [[nodiscard]] Piece piece_at(double time_s) const;
  [[nodiscard]] double grown(double level, double from_s, double to_s) const;

  std::array<double, 24> by_hour_;
  std::array<double, 7> by_weekday_;
  /// Growth of the logarithm, 1/s.
  double log_growth_;
  bool flat_;
  TimeZone zone_;
  Instant start_;
  Piece last_{0.0, 0.0, 1.0};
};

}  // namespace chokepoint::models
