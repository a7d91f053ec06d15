#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "models/quantity/dimension.hpp"
#include "models/quantity/money.hpp"

namespace chokepoint::models {

/// A number read with its unit: in base units of its dimension, money in units of `currency`.
struct MeasuredNumber {
  double value = 0.0;
  Dimension dimension;
  std::optional<Currency> currency;
};

/// Why a text is no quantity, in words that follow "found".
struct UnitTextFault {
  std::string found;
};

/// Reads "40 MW", "0.45 CNY/kWh", "15 min", "600 GB/s", "1.3" or "5 %": a finite number, a space that may be missing,
/// and units joined by "/" or "*" with SI prefixes (k, M, G, T, P, E, m, u). "degC" is a temperature, "%" a hundredth.
std::variant<MeasuredNumber, UnitTextFault> parse_quantity(std::string_view text);

}  // namespace chokepoint::models
