#include "models/tariff/energy_price.hpp"

namespace chokepoint::models {

double energy_price_per_kwh(const Tariff& tariff, Instant instant, const TimeZone& zone,
                            const BillingOptions& options) {
  using namespace std::chrono;
  const LocalTime local = zone.to_local(instant);
  const local_days day = floor<std::chrono::days>(local);
  const TariffMoment moment{.instant = instant,
                            .month = static_cast<unsigned>(year_month_day{day}.month()) - 1,
                            .hour = static_cast<std::size_t>(floor<std::chrono::hours>(local - day).count()),
                            .rest_day = is_rest_day(day, options.holidays)};
  double price = 0.0;
  for (const auto& charge : tariff.charges) price += charge->energy_price(moment);
  return price;
}

}  // namespace chokepoint::models
