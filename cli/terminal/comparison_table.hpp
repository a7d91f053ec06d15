#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "analysis/comparison/difference.hpp"
#include "cli/terminal/terminal.hpp"

namespace chokepoint::cli {

struct ComparedBase {
  std::string name;
  std::string title;
  std::uint64_t seed = 1;
  std::uint32_t replicates = 1;
};

/// What all others are compared with, and how.
std::string comparison_heading(const ComparedBase& base, const Terminal& terminal);

struct ComparedOther {
  std::string name;
  /// Left out where it is the base's.
  std::string title;
  std::span<const analysis::Difference> rows;
};

/// What differs, a line a figure in the order of the record, since that is where a reader looks for it: the mean of
/// both, the change in per cent of the base (where that is 0, as an amount), its interval, and a bar as long as the
/// change is large against the largest. Then, a line each: what is the same in both, what only one has, and what has no
/// common unit.
std::string comparison_table(const ComparedOther& other, const Terminal& terminal);

}  // namespace chokepoint::cli
