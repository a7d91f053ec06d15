#pragma once

#include <span>
#include <string>
#include <vector>

namespace chokepoint::cli {

/// Rows of cells as lines of a text, each column as wide as its widest cell; the first row is the heading, underlined.
/// Columns whose cells below the heading all begin with a digit or are "-" stand to the right.
std::string aligned_table(std::span<const std::vector<std::string>> rows);

}  // namespace chokepoint::cli
