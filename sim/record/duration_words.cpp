#include "sim/record/duration_words.hpp"

#include <fmt/format.h>

namespace chokepoint::sim {

std::string duration_words(double seconds) {
  if (seconds >= 2 * 86400.0) return fmt::format("{:.4g} days", seconds / 86400.0);
  if (seconds >= 2 * 3600.0) return fmt::format("{:.4g} hours", seconds / 3600.0);
  if (seconds >= 120.0) return fmt::format("{:.4g} minutes", seconds / 60.0);
  return fmt::format("{:.4g} seconds", seconds);
}

}  // namespace chokepoint::sim
