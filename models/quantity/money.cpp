#include "models/quantity/money.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace chokepoint::models {

std::optional<Currency> find_currency(std::string_view code) {
  static constexpr std::array<std::string_view, 20> known{"AED", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK",
                                                          "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "NOK",
                                                          "RUB", "SAR", "SEK", "SGD", "TWD", "USD"};
  if (std::ranges::find(known, code) == known.end()) return std::nullopt;
  return Currency{{code[0], code[1], code[2]}};
}

Money Money::from_units(double units) {
  const double scaled = std::round(units * 1e4);
  if (!(std::abs(scaled) < 9.2e18)) throw std::overflow_error("an amount of money beyond 9.2e14 units");
  return {static_cast<std::int64_t>(scaled)};
}

}  // namespace chokepoint::models
