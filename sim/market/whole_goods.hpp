#pragma once

#include <cmath>
#include <cstdint>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::sim {

/// Whole goods that are `quantity`, not negative, on average. Takes one draw whatever the quantity, so that the draws
/// of a day stay those of that day.
inline std::int64_t whole_goods(double quantity, RandomStream& chance) {
  return static_cast<std::int64_t>(std::floor(quantity + chance.uniform()));
}

}  // namespace chokepoint::sim
