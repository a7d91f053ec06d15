#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chokepoint::analysis {

static_assert(std::endian::native == std::endian::little, "the wire form is little-endian");

/// Bytes that do not hold what they should: cut off, of another version, or with lengths that do not fit.
class WireError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Appends numbers as their own bytes, and texts and columns after their length in 8 bytes.
class WireWriter {
 public:
  template <typename Number>
  requires std::is_arithmetic_v<Number>
  void number(Number value) { append(&value, sizeof value); }
  void text(std::string_view value) {
    number<std::uint64_t>(value.size());
    append(value.data(), value.size());
  }
  template <typename Number>
  void column(const std::vector<Number>& values) {
    number<std::uint64_t>(values.size());
    append(values.data(), values.size() * sizeof(Number));
  }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  void append(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }

  std::string bytes_;
};

/// Reads what WireWriter wrote; every length is checked against what is left before memory is taken for it.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  template <typename Number>
  requires std::is_arithmetic_v<Number>
  [[nodiscard]] Number number() {
    Number value;
    std::memcpy(&value, take(1, sizeof value).data(), sizeof value);
    return value;
  }
  [[nodiscard]] std::string text() { return std::string(take(number<std::uint64_t>(), 1)); }
  template <typename Number>
  [[nodiscard]] std::vector<Number> column() {
    const auto count = number<std::uint64_t>();
    const std::string_view bytes = take(count, sizeof(Number));
    std::vector<Number> values(count);
    if (count > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }
  /// A count of things of at least one byte each.
  [[nodiscard]] std::size_t count() {
    const auto count = number<std::uint64_t>();
    if (count > rest_.size()) throw WireError("a count is larger than what is left");
    return count;
  }
  void expect_end() const {
    if (!rest_.empty()) throw WireError("bytes are left over");
  }

 private:
  std::string_view take(std::uint64_t count, std::size_t size) {
    if (count > rest_.size() / size) throw WireError("cut off");
    const std::string_view taken = rest_.substr(0, count * size);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest_;
};

}  // namespace chokepoint::analysis
