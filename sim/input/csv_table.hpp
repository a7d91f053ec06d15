#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::sim {

/// Delimited text (RFC 4180), read row by row without copying: fields are views of the text, quoted ones may hold
/// separators, doubled quotes and line ends. A byte order mark, CRLF and blank lines are passed over.
///
///     CsvTable table(read_maybe_gzip(path), path);
///     table.next();  // the header, if there is one
///     const auto column = table.find("gpus");
///     while (table.next()) use(table.line(), table.field(*column));
///
/// Throws InputError on a quote that is never closed. Leaves out comments, which callers know by their first field.
class CsvTable {
 public:
  CsvTable(std::string text, std::string file, char separator = ',');
  CsvTable(const CsvTable&) = delete;
  CsvTable& operator=(const CsvTable&) = delete;

  /// Moves to the next row; false after the last.
  bool next();
  /// Of the row that next() moved to; valid until the next call.
  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }
  [[nodiscard]] std::string_view field(std::size_t column) const {
    return column < fields_.size() ? fields_[column] : std::string_view{};
  }
  /// The line on which the row begins, from 1.
  [[nodiscard]] std::size_t line() const { return line_; }
  /// The column whose field in this row is `name`, blanks around it aside.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// An upper bound of the rows, for reserve().
  [[nodiscard]] std::size_t lines() const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  void take_quoted();

  std::string text_;
  std::string file_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;
};

/// The one of comma, semicolon, tab and bar that stands most often in the first line of `text`; a comma if none does.
char guess_separator(std::string_view text);

/// `text` without blanks at its ends.
std::string_view trim(std::string_view text);

/// A whole field as a number, blanks around it aside; none for any other text. "nan" and "inf" are numbers here.
std::optional<double> parse_number(std::string_view field);
std::optional<std::int64_t> parse_integer(std::string_view field);

}  // namespace chokepoint::sim
