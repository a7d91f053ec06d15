#include "models/tariff/price_series_charge.hpp"

#include <numeric>
#include <utility>

#include "models/calendar/iso_date.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::models {

PriceSeriesCharge::PriceSeriesCharge(PriceSeries series, double adder_per_kwh)
    : series_(std::move(series)), adder_per_kwh_(adder_per_kwh) {
  expects(series_.interval.count() > 0, "prices have an interval above zero");
}

std::vector<double> PriceSeriesCharge::amounts(const MeteredLoad& load, std::span<const BillLine>) const {
  std::vector<double> result;
  for (const MeterMonth& month : load.months) {
    double amount = 0.0;
    for (std::size_t i = month.first_step; i < month.end_step; ++i) {
      const auto index = static_cast<std::size_t>((load.time(i) - series_.start) / series_.interval);
      amount += load.steps[i].energy_kwh * (series_.price_per_kwh.at(index) + adder_per_kwh_);
    }
    result.push_back(amount);
  }
  return result;
}

std::chrono::seconds PriceSeriesCharge::interval() const {
  const std::int64_t interval = series_.interval.count();
  return std::chrono::seconds{std::gcd(interval, series_.start.time_since_epoch().count() % interval)};
}

std::optional<BillingRefusal> PriceSeriesCharge::refusal(const LoadSeries& load, const BillingOptions&) const {
  if (load.start >= series_.start && load.end() <= series_.end()) return std::nullopt;
  const auto show = [](Instant from, Instant to) {
    return format_date_time(LocalTime{from.time_since_epoch()}) + "Z to " +
           format_date_time(LocalTime{to.time_since_epoch()}) + "Z";
  };
  return BillingRefusal{"a load within the tariff's prices, " + show(series_.start, series_.end()),
                        "one of " + show(load.start, load.end())};
}

double PriceSeriesCharge::energy_price(const TariffMoment& moment) const {
  if (moment.instant < series_.start || moment.instant >= series_.end()) return 0.0;
  const auto index = static_cast<std::size_t>((moment.instant - series_.start) / series_.interval);
  return series_.price_per_kwh[index] + adder_per_kwh_;
}

}  // namespace chokepoint::models
