#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar/iso_date.hpp"

namespace chokepoint::analysis {

/// A mark on an axis.
struct Tick {
  double at;
  std::string label;

  friend bool operator==(const Tick&, const Tick&) = default;
};

/// Round values (1, 2, 2.5 or 5 times a power of ten) from the first at or below `least` to the first at or above
/// `most`, with at most `steps` steps between them; labels with just the digits that tell them apart.
std::vector<Tick> value_ticks(double least, double most, int steps);

/// At most `count` marks between `begin` and `end`, in seconds since `start`: on whole years, months, days or hours of
/// the calendar if `start` is known ("2023", "Oct", "17 Oct", "06:00", the first with its year), else on round
/// durations ("12 h", "30 d").
std::vector<Tick> time_ticks(double begin, double end, std::optional<models::LocalTime> start, int count);

}  // namespace chokepoint::analysis
