#pragma once

#include <string>

namespace chokepoint::cli {

/// A thousand or a million that keeps large amounts short, and its letter before the unit: "k CNY", "M GPUs", "k".
struct NumberScale {
  double divisor = 1.0;
  std::string unit;
};

/// For numbers up to `largest` in size. Only money and counts ("GPUs", or no unit) are scaled, from 10,000 on.
NumberScale number_scale(double largest, const std::string& unit);

/// On that scale, with `digits` digits, at least three, and no zeros at the end; from a thousand on whole.
std::string short_text(double value, const NumberScale& scale, int digits = 3);

}  // namespace chokepoint::cli
