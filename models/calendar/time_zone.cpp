#include "models/calendar/time_zone.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

TimeZone::TimeZone(std::string name, std::vector<Change> changes)
    : name_(std::move(name)), changes_(std::move(changes)) {
  expects(!changes_.empty(), "a time zone has at least one offset");
  expects(std::ranges::is_sorted(changes_, {}, &Change::from), "the changes of a time zone stand in order of time");
}

TimeZone TimeZone::fixed(std::string name, std::chrono::seconds offset) {
  return {std::move(name), {Change{Instant::min(), offset}}};
}

std::chrono::seconds TimeZone::offset_at(Instant instant) const {
  const auto after = std::ranges::upper_bound(changes_, instant, {}, &Change::from);
  return after == changes_.begin() ? changes_.front().offset : std::prev(after)->offset;
}

LocalTime TimeZone::to_local(Instant instant) const {
  return LocalTime{instant.time_since_epoch() + offset_at(instant)};
}

Instant TimeZone::to_instant(LocalTime local) const {
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Instant shown{local.time_since_epoch() - changes_[i].offset};
    if (i > 0 && shown < changes_[i].from) return changes_[i].from;
    if (i + 1 == changes_.size() || shown < changes_[i + 1].from) return shown;
  }
  return Instant{local.time_since_epoch() - changes_.back().offset};
}

Instant TimeZone::next_change(Instant instant) const {
  const auto after = std::ranges::upper_bound(changes_, instant, {}, &Change::from);
  return after == changes_.end() ? Instant::max() : after->from;
}

}  // namespace chokepoint::models
