#pragma once

#include <cstddef>

namespace chokepoint::models {

/// A place in a list, and what it is ranked by: the lowest comes first, and of equals the first.
struct Ranked {
  double key = 0.0;
  std::size_t place = 0;

  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.key < b.key || (a.key == b.key && a.place < b.place);
  }
};

}  // namespace chokepoint::models
