#include "analysis/output/csv_cells.hpp"

#include <algorithm>
#include <cstring>

namespace chokepoint::analysis {

void CsvCells::text(std::string_view value) {
  separate();
  if (std::ranges::none_of(value, [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; })) {
    raw(value);
    return;
  }
  mark('"');
  for (const char c : value) {
    if (c == '"') mark(c);
    mark(c);
  }
  mark('"');
}

void CsvCells::end_line() {
  mark('\n');
  line_begins_ = true;
}

void CsvCells::flush() {
  sink_(std::string_view(block_).substr(0, end_));
  end_ = 0;
}

void CsvCells::separate() {
  if (!line_begins_) mark(',');
  line_begins_ = false;
}

void CsvCells::mark(char c) {
  make_room(1);
  block_[end_++] = c;
}

void CsvCells::raw(std::string_view value) {
  if (value.empty()) return;
  make_room(value.size());
  std::memcpy(block_.data() + end_, value.data(), value.size());
  end_ += value.size();
}

void CsvCells::make_room(std::size_t size) {
  if (block_.size() - end_ >= size) return;
  flush();
  if (block_.size() < size) block_.resize(size);
}

}  // namespace chokepoint::analysis
