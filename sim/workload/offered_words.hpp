#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace chokepoint::sim {

/// Work that asks for `gpus` GPUs on average, against a fleet of `of`.
inline std::string offered_words(double gpus, std::int64_t of) {
  return fmt::format("{:.4g} GPUs busy on average if none had to wait, {:.0f} % of the fleet", gpus,
                     100.0 * gpus / static_cast<double>(of));
}

}  // namespace chokepoint::sim
