#include "sim/market/dated_levels.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
double straight_between(std::span<const DatedLevel> levels, double day) {
  models::expects(!levels.empty(), "there is a level");
  const auto next = std::ranges::upper_bound(levels, day, {}, &DatedLevel::day);
  if (next == levels.begin()) return levels.front().level;
  if (next == levels.end()) return levels.back().level;
  const DatedLevel& last = *std::prev(next);
  const double part = (day - last.day) / (next->day - last.day);
  return last.level + part * (next->level - last.level);
}

SteadyGrowth::SteadyGrowth(std::span<const DatedLevel> levels) {
  models::expects(!levels.empty(), "there is a level");
  spans_.push_back({.day = -std::numeric_limits<double>::infinity(), .level = levels.front().level});
  for (std::size_t i = 0; i + 1 < levels.size(); ++i)
    spans_.push_back({.day = levels[i].day,
                      .days = levels[i + 1].day - levels[i].day,
                      .level = levels[i].level,
                      .factor = levels[i + 1].level / levels[i].level});
  spans_.push_back({.day = levels.back().day, .level = levels.back().level});
}

double SteadyGrowth::at(double day) const {
  const Span& span = *std::prev(std::ranges::upper_bound(spans_, day, {}, &Span::day));
  return span.factor == 1.0 ? span.level : span.level * std::pow(span.factor, (day - span.day) / span.days);
}

}  // namespace chokepoint::sim
