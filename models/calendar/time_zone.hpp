#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace chokepoint::models {

/// A second of universal time, and a second on a wall clock at some place.
using Instant = std::chrono::sys_seconds;
using LocalTime = std::chrono::local_seconds;

/// Wall-clock time at a place: offsets from universal time, each valid from an instant on. Pure data, which the
/// reader of time zones fills. Outside the first and last change the nearest offset holds.
class TimeZone {
 public:
  struct Change {
    Instant from;
    std::chrono::seconds offset{0};
  };

  /// Universal time.
  TimeZone() = default;
  /// `changes` in order of time, at least one.
  TimeZone(std::string name, std::vector<Change> changes);
  static TimeZone fixed(std::string name, std::chrono::seconds offset);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::chrono::seconds offset_at(Instant instant) const;
  [[nodiscard]] LocalTime to_local(Instant instant) const;
  /// The first instant that shows `local`; a wall-clock time that the clock skips gives the instant of the change.
  [[nodiscard]] Instant to_instant(LocalTime local) const;
  /// The first instant after `instant` at which the offset changes; Instant::max() if there is none.
  [[nodiscard]] Instant next_change(Instant instant) const;

 private:
  std::string name_ = "UTC";
  std::vector<Change> changes_{Change{Instant::min(), std::chrono::seconds{0}}};
};

}  // namespace chokepoint::models
