#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace chokepoint::models {

/// How many GPUs are spoken for at each date: a step function, zero where nothing was added. Every call: O(log k) and
/// the steps between its dates, and what a vector needs to make room.
class UseOverTime {
 public:
  /// `gpus` more (or, below 0, less) from `from_s` up to, not including, `until_s`.
  void add(double from_s, double until_s, std::int64_t gpus);
  /// The most from `from_s` up to, not including, `until_s`; of an empty span that of its date.
  [[nodiscard]] std::int64_t most_in(double from_s, double until_s) const;
  /// The first date from `from_s` on from which no more than `most` are in use for `duration_s`; none if there is none.
  [[nodiscard]] std::optional<double> first_at_most(std::int64_t most, double from_s, double duration_s) const;
  /// What was before `date_s` is no longer asked for.
  void forget_before(double date_s);

 private:
  struct Step {
    double from_s;
    std::int64_t gpus;
  };
  [[nodiscard]] std::size_t step_at(double date_s) const;
  std::size_t split_at(double date_s);
  void join_at(double date_s);

  std::vector<Step> steps_{{-std::numeric_limits<double>::infinity(), 0}};
};

}  // namespace chokepoint::models
