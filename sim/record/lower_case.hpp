#pragma once

#include <string>

namespace chokepoint::sim {

/// ASCII letters to small ones, as keys and columns are written.
inline std::string lower_case(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

}  // namespace chokepoint::sim
