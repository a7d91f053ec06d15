#include "cli/terminal/short_number.hpp"

#include <cmath>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "cli/terminal/figure_text.hpp"

namespace chokepoint::cli {

NumberScale number_scale(double largest, const std::string& unit) {
  const std::string tail = unit.empty() ? "" : ' ' + unit;
  if (unit.empty() || unit == "GPUs" || is_currency(unit)) {
    if (std::abs(largest) >= 1e6) return {.divisor = 1e6, .unit = 'M' + tail};
    if (std::abs(largest) >= 1e4) return {.divisor = 1e3, .unit = 'k' + tail};
  }
  return {.divisor = 1.0, .unit = unit};
}

std::string short_text(double value, const NumberScale& scale, int digits) {
  if (!std::isfinite(value)) return figure_text({.key = {}, .label = {}, .unit = {}, .value = value});
  const double scaled = value / scale.divisor;
  if (std::abs(scaled) < 999.5) return fmt::format("{:.{}g}", scaled == 0.0 ? 0.0 : scaled, digits);
  return analysis::with_thousands(fmt::format("{:.0f}", scaled));
}

}  // namespace chokepoint::cli
