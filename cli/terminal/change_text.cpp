#include "cli/terminal/change_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "cli/terminal/figure_text.hpp"

namespace chokepoint::cli {
namespace {

/// The least share that is more than rounding, 1e-9, has three digits.
constexpr int most_places = 9;

/// Rounding leaves a width of its own.
bool has_width(const analysis::MeanInterval& mean) {
  constexpr double rounding = 1e-9;
  return mean.interval && mean.interval->high - mean.interval->low > rounding * std::abs(mean.mean);
}

std::string fixed(double value, int places) {
  std::string text = analysis::with_thousands(fmt::format("{:.{}f}", std::abs(value), places));
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return (value < 0.0 && !zero ? "-" : "") + text;
}

std::string with_sign(double value, std::string text) {
  return value > 0.0 ? "+" + text : text;
}

}  // namespace

std::string percent_text(const analysis::MeanInterval& share) {
  const double percent = 100.0 * share.mean;
  if (!has_width(share)) {
    const double size = std::abs(percent);
    const int places = size > 0.0 ? std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, most_places) : 0;
    return with_sign(percent, fixed(percent, places)) + " %";
  }
  const double half = 50.0 * (share.interval->high - share.interval->low);
  const int places = std::clamp(-static_cast<int>(std::floor(std::log10(half))), 0, most_places);
  return fmt::format("{} % ({} to {})", with_sign(percent, fixed(percent, places)),
                     fixed(100.0 * share.interval->low, places), fixed(100.0 * share.interval->high, places));
}

std::string amount_text(const analysis::MeanInterval& amount, const std::string& unit) {
  const auto text = [&unit](double value) { return brief_text(value == 0.0 ? 0.0 : value, unit); };
  const std::string mean = with_sign(amount.mean, text(amount.mean));
  if (!has_width(amount)) return mean;
  return fmt::format("{} ({} to {})", mean, text(amount.interval->low), text(amount.interval->high));
}

bool within_chance(const analysis::MeanInterval& difference) {
  return has_width(difference) && difference.interval->low <= 0.0 && difference.interval->high >= 0.0;
}

}  // namespace chokepoint::cli
