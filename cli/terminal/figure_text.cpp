#include "cli/terminal/figure_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"

namespace chokepoint::cli {
namespace {

std::string number_text(double value, bool money) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0.0 ? "unbounded" : "-unbounded";
  const double size = std::abs(value);
  if (money) return analysis::with_thousands(fmt::format("{:.2f}", value));
  if (value == std::round(value) && size < 1e15) return analysis::with_thousands(fmt::format("{:.0f}", value));
  if (size >= 1e15 || size < 1e-3) return fmt::format("{:.3e}", value);
  const int places = size >= 999.95 ? 0 : std::clamp(3 - static_cast<int>(std::floor(std::log10(size))), 0, 6);
  return analysis::with_thousands(fmt::format("{:.{}f}", value, places));
}

}  // namespace

bool is_currency(std::string_view unit) {
  return unit.size() == 3 && std::ranges::all_of(unit, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string brief_text(double value, const std::string& unit) {
  constexpr double least_whole = 1000.0;
  return number_text(value, is_currency(unit) && !(std::abs(value) >= least_whole));
}

std::string figure_text(const sim::Figure& figure) {
  if (const auto* text = std::get_if<std::string>(&figure.value)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&figure.value))
    return analysis::with_thousands(std::to_string(*integer));
  return number_text(std::get<double>(figure.value), is_currency(figure.unit));
}

std::string duration_text(double seconds) {
  constexpr std::array<std::pair<long long, const char*>, 4> units{{{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
  if (!(std::abs(seconds) < 1e15)) return "-";
  // Round to the smaller of the two units first, so that "1 h 60 min" cannot come out.
  auto whole = std::llround(std::abs(seconds));
  for (const long long unit : {3600LL, 60LL})
    if (whole >= unit * (unit == 3600 ? 24 : 60)) {
      whole = (whole + unit / 2) / unit * unit;
      break;
    }
  std::string text = seconds < 0.0 && whole > 0 ? "-" : "";
  int shown = 0;
  for (const auto& [size, name] : units) {
    const auto count = whole / size;
    if (shown == 0 && count == 0 && size > 1) continue;
    if (shown > 0 && count == 0) break;
    text += fmt::format("{}{} {}", shown > 0 ? " " : "", count, name);
    whole %= size;
    if (++shown == 2) break;
  }
  return text;
}

}  // namespace chokepoint::cli
