#include "cli/aligned_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace chokepoint::cli {
namespace {

struct Layout {
  std::size_t width = 0;
  bool right = true;
};

std::vector<Layout> layout_of(std::span<const std::vector<std::string>> rows) {
  std::vector<Layout> columns;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    columns.resize(std::max(columns.size(), rows[r].size()));
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& cell = rows[r][c];
      columns[c].width = std::max(columns[c].width, cell.size());
      const bool number = cell.empty() || cell == "-" || (cell[0] >= '0' && cell[0] <= '9');
      if (r > 0 && !number) columns[c].right = false;
    }
  }
  return columns;
}

}  // namespace

std::string aligned_table(std::span<const std::vector<std::string>> rows) {
  const std::vector<Layout> columns = layout_of(rows);
  std::string text;
  std::size_t total = 0;
  for (const Layout& column : columns) total += column.width + 2;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const auto [width, right] = columns[c];
      line += right ? fmt::format("{:>{}}  ", rows[r][c], width) : fmt::format("{:<{}}  ", rows[r][c], width);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
    if (r == 0) text += std::string(total - 2, '-') + '\n';
  }
  return text;
}

}  // namespace chokepoint::cli
