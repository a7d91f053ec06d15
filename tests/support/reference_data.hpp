#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

#include <doctest/doctest.h>

namespace chokepoint::tests {

/// The folder of reference data, or nothing, and a line that says so, where there is none.
inline std::optional<std::filesystem::path> reference_data() {
  const char* folder = std::getenv("CHOKEPOINT_REFERENCE_DATA");
  if (folder != nullptr && *folder != '\0') return folder;
  MESSAGE("reference data missing: skipped");
  return std::nullopt;
}

}  // namespace chokepoint::tests
