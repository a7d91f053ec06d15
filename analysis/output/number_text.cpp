#include "analysis/output/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chokepoint::analysis {

// Whole numbers as such: quicker, and 100000 reads better than 1e+05, which is shorter.
char* write_number(char* to, double value) {
  if (std::isnan(value)) return to;
  if (std::abs(value) < 1e15) {
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value && (whole != 0 || !std::signbit(value))) return write_number(to, whole);
  }
  return std::to_chars(to, to + number_room, value).ptr;
}

char* write_number(char* to, std::int64_t value) {
  return std::to_chars(to, to + number_room, value).ptr;
}

std::string with_thousands(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  std::size_t place = std::min(digits.find_first_not_of("0123456789", first), digits.size());
  while (place > first + 3) digits.insert(place -= 3, 1, ',');
  return digits;
}

}  // namespace chokepoint::analysis
