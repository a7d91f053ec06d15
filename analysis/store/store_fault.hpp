#pragma once

#include <filesystem>
#include <string>

#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

/// Throws InputError: `found` where a store should be, or be written.
[[noreturn]] inline void refuse_store(const std::filesystem::path& path, std::string expected, std::string found,
                                      std::string hint = {}) {
  throw sim::InputError(sim::Fault{.file = path.string(),
                                   .where = {},
                                   .expected = std::move(expected),
                                   .found = std::move(found),
                                   .hint = std::move(hint)});
}

}  // namespace chokepoint::analysis
