#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "sim/input/field_visitor.hpp"

namespace chokepoint::sim {

/// A day of the calendar: a date without a time or an offset.
void visit_day(FieldVisitor& v, std::chrono::local_days& day);
/// A duration of whole days, from 0.
void visit_whole_days(FieldVisitor& v, double& days);

/// A day that a date must not lie before, or after; none where that one is not known.
struct DayLimit {
  std::optional<std::chrono::local_days> day;
  std::string_view name;
};
struct DayLimits {
  DayLimit least = {};
  /// Not this day itself.
  DayLimit after = {};
  DayLimit most = {};
  DayLimit before = {};
};

/// Refuses a day that breaks one of the limits.
void hold_to(FieldVisitor& v, std::chrono::local_days day, const DayLimits& limits);

struct FieldWords {
  std::string_view name;
  std::string_view about;
};

/// The day of a field where it is there and without fault.
std::optional<std::chrono::local_days> day_field(FieldVisitor& v, FieldWords words, Presence presence,
                                                 const DayLimits& limits);

}  // namespace chokepoint::sim
