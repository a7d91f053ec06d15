#pragma once

#include <string>

#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// A figure's value for the eye: thousands apart, about four digits that count, money to the hundredth.
std::string figure_text(const sim::Figure& figure);

/// "3 h 26 min" of a number of seconds; the two largest units.
std::string duration_text(double seconds);

}  // namespace chokepoint::cli
