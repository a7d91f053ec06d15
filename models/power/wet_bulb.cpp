#include "models/power/wet_bulb.hpp"

#include <chrono>
#include <cmath>
#include <numbers>

namespace chokepoint::models {

double wet_bulb_c(const WetBulbClimate& climate, LocalTime local) {
  using namespace std::chrono;
  const auto day = floor<days>(local);
  const year year_of = year_month_day(day).year();
  const local_days first = local_days(year_of / January / 1);
  const local_days next = local_days((year_of + years(1)) / January / 1);
  const local_days warmest = local_days(year_of / July / 26);

  const auto from_warmest = floor<hours>(local) - (warmest + hours(12));
  const double share_of_year = static_cast<double>(duration_cast<hours>(from_warmest).count()) /
                               static_cast<double>(duration_cast<hours>(next - first).count());
  return climate.mean_c + climate.half_range_c * std::cos(2.0 * std::numbers::pi * share_of_year);
}

}  // namespace chokepoint::models
