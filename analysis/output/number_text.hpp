#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace chokepoint::analysis {

/// Room that any number needs.
inline constexpr std::size_t number_room = 32;

/// Writes the shortest digits that read back as the same number, whole numbers below 1e15 without an exponent; nothing
/// for not-a-number. `to` has number_room. Returns the end of what was written.
char* write_number(char* to, double value);
char* write_number(char* to, std::int64_t value);

/// "252,288,000" of "252288000"; what stands after the first digits stays as it is.
std::string with_thousands(std::string digits);

}  // namespace chokepoint::analysis
