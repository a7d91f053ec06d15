#pragma once

#include <string_view>

namespace chokepoint::sim {

/// A JSON file of the repository that is compiled into the program: its path within its folder without ".json", and
/// its text.
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace chokepoint::sim
