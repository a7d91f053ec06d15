#include "analysis/calibration/figure_number.hpp"

#include <limits>

namespace chokepoint::analysis {

double figure_number(const sim::Record& record, std::string_view key) {
  if (const sim::Figure* figure = record.find_figure(key)) {
    if (const auto* number = std::get_if<double>(&figure->value)) return *number;
    if (const auto* count = std::get_if<std::int64_t>(&figure->value)) return static_cast<double>(*count);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace chokepoint::analysis
