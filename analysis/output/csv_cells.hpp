#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "analysis/output/number_text.hpp"
#include "analysis/output/text_sink.hpp"

namespace chokepoint::analysis {

/// Writes comma-separated values cell by cell (RFC 4180, but lines end in a line feed alone): texts in quotes where
/// they need them, numbers as the shortest that read back the same, nothing for a not-a-number. Collects cells in one
/// block of memory and hands it on when it is nearly full.
class CsvCells {
 public:
  explicit CsvCells(const TextSink& sink) : sink_(sink), block_(std::size_t{1} << 16, '\0') {}

  template <typename Number>
  void number(Number value) {
    separate();
    make_room(number_room);
    end_ = static_cast<std::size_t>(write_number(block_.data() + end_, value) - block_.data());
  }
  void text(std::string_view value);
  void nothing() { separate(); }
  void end_line();
  /// After the last line.
  void flush();

 private:
  void separate();
  void mark(char c);
  void raw(std::string_view value);
  void make_room(std::size_t size);

  const TextSink& sink_;
  std::string block_;
  std::size_t end_ = 0;
  bool line_begins_ = true;
};

}  // namespace chokepoint::analysis
