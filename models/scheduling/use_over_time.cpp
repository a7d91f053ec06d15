#include "models/scheduling/use_over_time.hpp"

#include <algorithm>

namespace chokepoint::models {

std::size_t UseOverTime::step_at(double date_s) const {
  const auto after = std::ranges::upper_bound(steps_, date_s, {}, &Step::from_s);
  return after == steps_.begin() ? 0 : static_cast<std::size_t>(after - steps_.begin()) - 1;
}

std::size_t UseOverTime::split_at(double date_s) {
  const std::size_t at = step_at(date_s);
  if (steps_[at].from_s >= date_s) return at;
  steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(at) + 1, {date_s, steps_[at].gpus});
  return at + 1;
}

void UseOverTime::join_at(double date_s) {
  const std::size_t at = step_at(date_s);
  if (at > 0 && steps_[at].gpus == steps_[at - 1].gpus) steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(at));
}

void UseOverTime::add(double from_s, double until_s, std::int64_t gpus) {
  from_s = std::max(from_s, steps_.front().from_s);
  if (!(until_s > from_s)) return;
  const std::size_t first = split_at(from_s);
  const bool endless = until_s == std::numeric_limits<double>::infinity();
  const std::size_t last = endless ? steps_.size() : split_at(until_s);
  for (std::size_t i = first; i < last; ++i) steps_[i].gpus += gpus;
  if (!endless) join_at(until_s);
  join_at(from_s);
}

std::int64_t UseOverTime::most_in(double from_s, double until_s) const {
  std::size_t at = step_at(from_s);
  std::int64_t most = steps_[at].gpus;
  for (++at; at < steps_.size() && steps_[at].from_s < until_s; ++at) most = std::max(most, steps_[at].gpus);
  return most;
}

std::optional<double> UseOverTime::first_at_most(std::int64_t most, double from_s, double duration_s) const {
  double start_s = from_s;
  for (std::size_t at = step_at(from_s);; ++at) {
    const bool is_last = at + 1 == steps_.size();
    if (steps_[at].gpus > most) {
      if (is_last) return std::nullopt;
      start_s = steps_[at + 1].from_s;
    } else if (is_last || steps_[at + 1].from_s >= start_s + duration_s) {
      return start_s;
    }
  }
}

void UseOverTime::forget_before(double date_s) {
  steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(step_at(date_s)));
}

}  // namespace chokepoint::models
