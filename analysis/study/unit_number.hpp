#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "models/quantity/unit_text.hpp"

namespace chokepoint::analysis {

/// A number as a study file states it, "0.3 CNY/kWh" or plain 0.3: the digits and the unit apart, so that a study can
/// vary the digits and keep the unit.
struct UnitNumber {
  double value = 0.0;
  /// Empty for plain numbers.
  std::string unit;

  friend bool operator==(const UnitNumber&, const UnitNumber&) = default;
};

/// Takes the texts that models::parse_quantity takes.
std::variant<UnitNumber, models::UnitTextFault> read_unit_number(std::string_view text);

/// The digits of `number` in `unit`; none where the units differ in dimension or in currency.
std::optional<double> value_in(const UnitNumber& number, const std::string& unit);

/// "0.3 CNY/kWh", with the shortest digits that read back as the same number.
std::string text_of(const UnitNumber& number);

}  // namespace chokepoint::analysis
