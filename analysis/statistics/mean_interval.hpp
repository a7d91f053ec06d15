#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace chokepoint::analysis {

struct Interval {
  double low = 0.0;
  double high = 0.0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// A mean and where the true one lies.
struct MeanInterval {
  double mean = 0.0;
  /// None of one value alone.
  std::optional<Interval> interval = {};
};

/// Share of intervals that hold what they are about, over many studies.
inline constexpr double interval_level = 0.9;

/// The mean of at least one independent draw, with Student's interval (1908, "The probable error of a mean"): mean +-
/// t(n - 1) s / sqrt(n). It holds the true mean as often as it says for normal draws, and for others once there are
/// many: few draws of something skewed give too short a one. Equal values give exactly that value and no width.
MeanInterval mean_interval(std::span<const double> values);

/// Mean of `other` less that of `base`, whose draws belong together one by one (same seed and replicate): the interval
/// of the mean of their differences. What both draws share falls out of it. With the two swapped the signs change and
/// nothing else.
MeanInterval paired_difference(std::span<const double> base, std::span<const double> other);

/// The same of draws that have nothing in common, each side with its own spread (Welch 1947, "The generalization of
/// Student's problem when several different population variances are involved"). No interval where a side has one draw.
MeanInterval unpaired_difference(std::span<const double> base, std::span<const double> other);

}  // namespace chokepoint::analysis
