#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chokepoint::sim {

/// The number of a cell that has none.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// Many short texts in one block of memory.
class TextColumn {
 public:
  void push_back(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  void reserve(std::size_t rows, std::size_t bytes) {
    ends_.reserve(rows);
    bytes_.reserve(bytes);
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<std::uint64_t>& ends() const { return ends_; }
  static TextColumn from(std::string bytes, std::vector<std::uint64_t> ends) {
    TextColumn column;
    column.bytes_ = std::move(bytes);
    column.ends_ = std::move(ends);
    return column;
  }

  friend bool operator==(const TextColumn&, const TextColumn&) = default;

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// One column: its name carries the unit ("power_w", "submit_time_s"). A missing number is NaN.
struct Column {
  std::string name;
  std::variant<std::vector<double>, std::vector<std::int64_t>, TextColumn> values;

  [[nodiscard]] std::size_t size() const {
    return std::visit([](const auto& column) { return column.size(); }, values);
  }
  friend bool operator==(const Column&, const Column&) = default;
};

/// Rows held by column, all of one length: the one form in which results are kept, sent and written.
struct Table {
  std::string name;
  std::vector<Column> columns;

  [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
  friend bool operator==(const Table&, const Table&) = default;
};

}  // namespace chokepoint::sim
