#include "sim/market/dated_levels.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

struct LevelSpan {
  double before = 0.0;
  double after = 0.0;
  double part = 0.0;
};

LevelSpan span_at(std::span<const DatedLevel> levels, double day) {
  models::expects(!levels.empty(), "there is a level");
  const auto next = std::ranges::upper_bound(levels, day, {}, &DatedLevel::day);
  if (next == levels.begin()) return {.before = levels.front().level, .after = levels.front().level};
  if (next == levels.end()) return {.before = levels.back().level, .after = levels.back().level};
  const DatedLevel& last = *std::prev(next);
  return {.before = last.level, .after = next->level, .part = (day - last.day) / (next->day - last.day)};
}

}  // namespace

double straight_between(std::span<const DatedLevel> levels, double day) {
  const LevelSpan span = span_at(levels, day);
  return span.before + span.part * (span.after - span.before);
}

double geometric_between(std::span<const DatedLevel> levels, double day) {
  const LevelSpan span = span_at(levels, day);
  return span.part == 0.0 ? span.before : span.before * std::pow(span.after / span.before, span.part);
}

}  // namespace chokepoint::sim
