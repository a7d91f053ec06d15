#pragma once

#include <cstdint>

namespace chokepoint::sim {

/// Days between two decisions of an agent, unless its cohort says otherwise.
inline constexpr std::int64_t review_days = 7;

/// Agents of a cohort decide on different days of the week, or of as many days as lie between two decisions.
inline bool reviews(std::int64_t index, std::int64_t day, std::int64_t every = review_days) {
  return (day + index) % every == 0;
}

/// The first of those who decide on a day; the others follow at every review_days-th place.
inline std::int64_t first_reviewer(std::int64_t day) {
  return (review_days - day % review_days) % review_days;
}

}  // namespace chokepoint::sim
