#include "models/quantity/unit_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "models/quantity/quantity.hpp"

namespace chokepoint::models {
namespace {

struct Unit {
  std::string_view symbol;
  double factor = 1.0;
  Dimension dimension;
  bool takes_prefix = false;
};

constexpr std::array units{
    Unit{"s", 1.0, dimension::time, true},
    Unit{"min", 60.0, dimension::time},
    Unit{"h", seconds_per_hour, dimension::time},
    Unit{"d", seconds_per_day, dimension::time},
    Unit{"day", seconds_per_day, dimension::time},
    Unit{"days", seconds_per_day, dimension::time},
    Unit{"week", 7 * seconds_per_day, dimension::time},
    Unit{"weeks", 7 * seconds_per_day, dimension::time},
    Unit{"J", 1.0, dimension::energy, true},
    Unit{"Wh", seconds_per_hour, dimension::energy, true},
    Unit{"W", 1.0, dimension::power, true},
    Unit{"VA", 1.0, dimension::power, true},
    Unit{"B", 1.0, dimension::data, true},
    Unit{"KiB", 1024.0, dimension::data},
    Unit{"MiB", 1048576.0, dimension::data},
    Unit{"GiB", 1073741824.0, dimension::data},
    Unit{"TiB", 1099511627776.0, dimension::data},
    Unit{"bit", 0.125, dimension::data, true},
    Unit{"FLOP", 1.0, dimension::work, true},
    Unit{"g", 1e-3, {.mass = 1}, true},
    Unit{"t", 1e3, {.mass = 1}},
    Unit{"degC", 1.0, dimension::temperature},
    Unit{"K", 1.0, dimension::temperature},
    Unit{"%", 0.01, dimension::none},
    Unit{"1", 1.0, dimension::none},
};

struct Prefix {
  char symbol;
  double factor;
};
constexpr std::array prefixes{Prefix{'k', 1e3},  Prefix{'M', 1e6},  Prefix{'G', 1e9},  Prefix{'T', 1e12},
                              Prefix{'P', 1e15}, Prefix{'E', 1e18}, Prefix{'m', 1e-3}, Prefix{'u', 1e-6}};

const Unit* find_unit(std::string_view symbol) {
  for (const Unit& unit : units)
    if (unit.symbol == symbol) return &unit;
  return nullptr;
}

/// Multiplies or divides `number` by the unit of `symbol`; false if there is no such unit.
bool apply_unit(MeasuredNumber& number, std::string_view symbol, bool divides) {
  double factor = 1.0;
  Dimension dimension;
  if (const auto currency = find_currency(symbol)) {
    if (number.currency) return false;
    number.currency = currency;
    dimension = dimension::money;
  } else if (const Unit* plain = find_unit(symbol)) {
    factor = plain->factor;
    dimension = plain->dimension;
  } else {
    if (symbol.size() < 2) return false;
    const Unit* unit = find_unit(symbol.substr(1));
    if (unit == nullptr || !unit->takes_prefix) return false;
    for (const Prefix& prefix : prefixes)
      if (prefix.symbol == symbol.front()) factor = prefix.factor * unit->factor;
    if (factor == unit->factor) return false;
    dimension = unit->dimension;
  }
  number.value = divides ? number.value / factor : number.value * factor;
  number.dimension = divides ? number.dimension - dimension : number.dimension + dimension;
  return true;
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

}  // namespace

std::variant<MeasuredNumber, UnitTextFault> parse_quantity(std::string_view text) {
  MeasuredNumber number;
  const char* const first = text.data();
  const char* const last = first + text.size();
  const auto [after, error] = std::from_chars(first, last, number.value);
  if (error == std::errc::result_out_of_range || (error == std::errc() && !std::isfinite(number.value)))
    return UnitTextFault{quoted(text) + ", which is not a finite number"};
  if (error != std::errc()) return UnitTextFault{quoted(text) + ", which does not begin with a number"};

  std::string_view rest(after, static_cast<std::size_t>(last - after));
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  bool divides = false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("/*"), rest.size());
    const std::string_view symbol = rest.substr(0, end);
    if (!apply_unit(number, symbol, divides))
      return UnitTextFault{"unknown unit " + quoted(symbol) + " in " + quoted(text)};
    if (end == rest.size()) break;
    divides = rest[end] == '/';
    rest.remove_prefix(end + 1);
    if (rest.empty()) return UnitTextFault{quoted(text) + ", which ends before its unit does"};
  }
  if (!std::isfinite(number.value)) return UnitTextFault{quoted(text) + ", which is not a finite number"};
  return number;
}

}  // namespace chokepoint::models
