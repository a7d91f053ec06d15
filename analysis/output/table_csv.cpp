#include "analysis/output/table_csv.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "analysis/output/number_text.hpp"

namespace chokepoint::analysis {
namespace {

// Collects cells in one block of memory and hands it on when it is nearly full.
class CellWriter {
 public:
  explicit CellWriter(const TextSink& sink) : sink_(sink), block_(std::size_t{1} << 16, '\0') {}

  template <typename Number>
  void number(Number value) {
    make_room(number_room);
    end_ = static_cast<std::size_t>(write_number(block_.data() + end_, value) - block_.data());
  }
  void mark(char c) {
    make_room(1);
    block_[end_++] = c;
  }
  void text(std::string_view value) {
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
  void flush() {
    sink_(std::string_view(block_).substr(0, end_));
    end_ = 0;
  }

 private:
  void make_room(std::size_t size) {
    if (block_.size() - end_ >= size) return;
    flush();
    if (block_.size() < size) block_.resize(size);
  }
  void raw(std::string_view value) {
    if (value.empty()) return;
    make_room(value.size());
    std::memcpy(block_.data() + end_, value.data(), value.size());
    end_ += value.size();
  }

  const TextSink& sink_;
  std::string block_;
  std::size_t end_ = 0;
};

void write_cell(CellWriter& cells, const sim::Column& column, std::size_t row) {
  if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) {
    cells.number((*reals)[row]);
  } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
    cells.number((*integers)[row]);
  } else {
    cells.text(std::get<sim::TextColumn>(column.values)[row]);
  }
}

}  // namespace

void write_csv(const sim::Table& table, const TextSink& sink) {
  CellWriter cells(sink);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) cells.mark(',');
    cells.text(table.columns[i].name);
  }
  cells.mark('\n');
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) cells.mark(',');
      write_cell(cells, table.columns[i], row);
    }
    cells.mark('\n');
  }
  cells.flush();
}

}  // namespace chokepoint::analysis
