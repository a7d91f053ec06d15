#include "models/tariff/minimum_charge.hpp"

#include <algorithm>

namespace chokepoint::models {

std::vector<double> MinimumCharge::amounts(const MeteredLoad& load, std::span<const BillLine> before) const {
  std::vector<double> result(load.months.size(), 0.0);
  double least = 0.0;
  double charged = 0.0;
  for (std::size_t m = 0; m < load.months.size(); ++m) {
    least += for_month(amount_, per_, load.months[m]);
    for (const BillLine& line : before) charged += line.by_month[m].units();
    const bool last_of_year =
        m + 1 == load.months.size() || load.months[m + 1].month.year() != load.months[m].month.year();
    if (per_ == Per::year && !last_of_year) continue;
    result[m] = std::max(0.0, least - charged);
    least = 0.0;
    charged = 0.0;
  }
  return result;
}

}  // namespace chokepoint::models
