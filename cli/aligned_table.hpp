#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::cli {

using TableRows = std::span<const std::vector<std::string>>;

/// Rows of cells as lines of a text, each column as wide as its widest cell; the first row is the heading, underlined.
/// Columns whose cells below the heading are all numbers (what begins with one and is no list) or "-" stand to the
/// right. A row of one cell, where others have more, is a heading of those below it.
///
/// Where that is wider than `width`, texts and headings are broken at blanks; where that is not enough, columns stand
/// below each other in several tables, each with the first one.
std::string aligned_table(TableRows rows, std::size_t width = std::numeric_limits<std::size_t>::max());

/// How wide the rows are, unbroken.
std::size_t table_width(TableRows rows);

}  // namespace chokepoint::cli
