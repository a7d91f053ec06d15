#pragma once

#include <string>
#include <string_view>

#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// A figure's value for the eye: thousands apart, about four digits that count, money to the hundredth.
std::string figure_text(const sim::Figure& figure);

/// The same of a number beside others: money of a thousand and more without hundredths.
std::string brief_text(double value, const std::string& unit);

/// Whether a unit is money alone, "CNY".
bool is_currency(std::string_view unit);

/// "3 h 26 min" of a number of seconds; the two largest units.
std::string duration_text(double seconds);

}  // namespace chokepoint::cli
