#pragma once

#include <string>

#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {

/// A name as part of a figure's key: "Model makers" is "model_makers".
inline std::string key_part(const std::string& name) {
  std::string key = lower_case(name);
  for (char& letter : key)
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))) letter = '_';
  return key;
}

}  // namespace chokepoint::sim
