#pragma once

#include <cstdint>
#include <string_view>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

/// 64 random bits of a name.
inline std::uint64_t word(std::uint64_t seed, std::string_view name) {
  sim::RandomStream stream(seed, 0, name);
  const auto half = [&] { return static_cast<std::uint64_t>(stream.uniform() * 0x1p32); };
  const std::uint64_t high = half();
  return high << 32 | half();
}

}  // namespace chokepoint::analysis
