#include "cli/aligned_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/wrapped_text.hpp"

namespace chokepoint::cli {
namespace {

constexpr std::size_t gap = 2;

struct Layout {
  std::size_t place = 0;
  std::size_t width = 0;
  /// That its words, or its numbers, need.
  std::size_t least = 0;
  bool right = true;
};

using Columns = std::vector<Layout>;

bool is_number(const std::string& cell) {
  if (cell.empty() || cell == "-") return true;
  const char first = cell[0] == '-' && cell.size() > 1 ? cell[1] : cell[0];
  return first >= '0' && first <= '9' && cell.find(", ") == std::string::npos;
}

/// A heading of further rows.
bool spans(const std::vector<std::string>& row, std::size_t columns) {
  return row.size() == 1 && columns > 1;
}

Columns layout_of(TableRows rows) {
  std::size_t count = 0;
  for (const auto& row : rows) count = std::max(count, row.size());
  Columns columns(count);
  for (std::size_t c = 0; c < count; ++c) {
    Layout& column = columns[c];
    column.place = c;
    std::size_t widest = 0, word = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (c >= rows[r].size() || spans(rows[r], count)) continue;
      const std::string& cell = rows[r][c];
      column.width = std::max(column.width, cell.size());
      word = std::max(word, longest_word(cell));
      if (r == 0) continue;
      widest = std::max(widest, cell.size());
      column.right = column.right && is_number(cell);
    }
    column.least = column.right ? std::max(widest, word) : word;
  }
  return columns;
}

std::size_t total_of(const Columns& columns) {
  std::size_t total = 0;
  for (const Layout& column : columns) total += column.width + gap;
  return total - std::min(total, gap);
}

/// Takes from the widest columns that can be broken, one character at a time. Whether that is enough.
bool narrow(Columns& columns, std::size_t width) {
  while (total_of(columns) > width) {
    Layout* widest = nullptr;
    for (Layout& column : columns)
      if (column.width > column.least && (widest == nullptr || column.width > widest->width)) widest = &column;
    if (widest == nullptr) return false;
    --widest->width;
  }
  return true;
}

/// Columns that fit side by side, each time with the first.
std::vector<Columns> parted(const Columns& columns, std::size_t width) {
  Layout first = columns.front();
  first.width = std::max(first.least, std::min(first.width, width * 3 / 8));
  std::vector<Columns> parts{{first}};
  for (Layout column : std::span(columns).subspan(1)) {
    const std::size_t room = width - std::min(width, first.width + gap);
    column.width = column.right ? column.least : std::max(column.least, std::min(column.width, room));
    if (parts.back().size() > 1 && total_of(parts.back()) + gap + column.width > width) parts.push_back({first});
    parts.back().push_back(column);
  }
  return parts;
}

/// The lines of a row.
std::string text_of(const std::vector<std::string>& row, const Columns& columns) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (const Layout& column : columns) {
    cells.push_back(column.place < row.size() ? wrapped_lines(row[column.place], column.width)
                                              : std::vector<std::string>{});
    height = std::max(height, cells.back().size());
  }
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string piece = i < cells[c].size() ? cells[c][i] : "";
      line += columns[c].right ? fmt::format("{:>{}}", piece, columns[c].width)
                               : fmt::format("{:<{}}", piece, columns[c].width);
      line.append(gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

std::string table_of(TableRows rows, const Columns& columns, std::size_t all_columns) {
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += spans(rows[r], all_columns) ? rows[r][0] + '\n' : text_of(rows[r], columns);
    if (r == 0) text += std::string(total_of(columns), '-') + '\n';
  }
  return text;
}

}  // namespace

std::string aligned_table(TableRows rows, std::size_t width) {
  const Columns columns = layout_of(rows);
  Columns narrowed = columns;
  if (narrow(narrowed, width)) return table_of(rows, narrowed, columns.size());
  std::string text;
  for (const Columns& part : parted(columns, width))
    text += (text.empty() ? "" : "\n") + table_of(rows, part, columns.size());
  return text;
}

std::size_t table_width(TableRows rows) {
  return total_of(layout_of(rows));
}

}  // namespace chokepoint::cli
