#include "analysis/study/unit_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "analysis/output/number_text.hpp"

namespace chokepoint::analysis {
namespace {

/// One of a unit that was read before.
models::MeasuredNumber one_of_unit(const std::string& unit) {
  return std::get<models::MeasuredNumber>(models::parse_quantity("1 " + unit));
}

}  // namespace

std::variant<UnitNumber, models::UnitTextFault> read_unit_number(std::string_view text) {
  auto parsed = models::parse_quantity(text);
  if (auto* fault = std::get_if<models::UnitTextFault>(&parsed)) return std::move(*fault);
  UnitNumber number;
  const char* const end = text.data() + text.size();
  const char* after = std::from_chars(text.data(), end, number.value).ptr;
  after = std::find_if(after, end, [](char letter) { return letter != ' '; });
  number.unit.assign(after, end);
  return number;
}

std::optional<double> value_in(const UnitNumber& number, const std::string& unit) {
  if (number.unit == unit) return number.value;
  const models::MeasuredNumber from = one_of_unit(number.unit);
  const models::MeasuredNumber to = one_of_unit(unit);
  if (from.dimension != to.dimension || from.currency != to.currency) return std::nullopt;
  return number.value * (from.value / to.value);
}

std::string text_of(const UnitNumber& number) {
  std::array<char, number_room> digits{};
  std::string text(digits.data(), write_number(digits.data(), number.value));
  if (!number.unit.empty()) text += ' ' + number.unit;
  return text;
}

}  // namespace chokepoint::analysis
