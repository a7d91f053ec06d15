#include "models/tariff/power_factor_charge.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {

double power_factor_share(double power_factor, double standard) {
  const double hundredths_above = std::round(power_factor * 100.0) - std::round(standard * 100.0);
  if (hundredths_above >= 0.0) return -std::min(0.0015 * hundredths_above, 0.0075);
  const double most = std::round(standard * 100.0) - 70.0;
  return 0.005 * std::min(-hundredths_above, most);
}

std::vector<double> PowerFactorCharge::amounts(const MeteredLoad& load, std::span<const BillLine> before) const {
  const double share = power_factor_share(load.options.power_factor.value_or(standard_), standard_);
  std::vector<double> result(load.months.size(), 0.0);
  for (const BillLine& line : before)
    for (std::size_t m = 0; m < result.size(); ++m) result[m] += share * line.by_month[m].units();
  return result;
}

}  // namespace chokepoint::models
