#pragma once

#include <string>

namespace chokepoint::sim {

/// A time as a person would say it, such as "36 hours" or "2.5 days".
std::string duration_words(double seconds);

}  // namespace chokepoint::sim
