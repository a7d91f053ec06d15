#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::models {

/// An ISO 4217 code: three capital letters.
struct Currency {
  std::array<char, 3> letters{'U', 'S', 'D'};

  friend constexpr auto operator<=>(const Currency&, const Currency&) = default;
  [[nodiscard]] std::string code() const { return {letters.begin(), letters.end()}; }
};

/// The currency of a code such as "CNY"; none unless it is one of the codes that the reader of units knows.
std::optional<Currency> find_currency(std::string_view code);

/// An amount in whole ten-thousandths of the currency unit, so that sums balance exactly.
/// Largest magnitude 9.2e14 units; `from_units` rounds half away from zero and throws std::overflow_error beyond.
struct Money {
  std::int64_t ten_thousandths = 0;

  static Money from_units(double units);
  [[nodiscard]] double units() const { return static_cast<double>(ten_thousandths) / 1e4; }

  friend constexpr auto operator<=>(const Money&, const Money&) = default;
  friend constexpr Money operator+(Money a, Money b) { return {a.ten_thousandths + b.ten_thousandths}; }
  friend constexpr Money operator-(Money a, Money b) { return {a.ten_thousandths - b.ten_thousandths}; }
  constexpr Money& operator+=(Money other) { return *this = *this + other; }
};

}  // namespace chokepoint::models
