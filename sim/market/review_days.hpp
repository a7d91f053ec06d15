#pragma once

#include <cstdint>

namespace chokepoint::sim {

/// Days between two decisions of an agent.
inline constexpr std::int64_t review_days = 7;

/// Agents of a cohort decide on different days of the week.
inline bool reviews(std::int64_t index, std::int64_t day) {
  return (day + index) % review_days == 0;
}

/// The first of those who decide on a day; the others follow at every review_days-th place.
inline std::int64_t first_reviewer(std::int64_t day) {
  return (review_days - day % review_days) % review_days;
}

}  // namespace chokepoint::sim
