#include "models/tariff/demand_charge.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

constexpr double kw_per_horsepower = 0.74569987158227022;  // 550 foot-pounds a second

/// Marks a period that no step of a month lies in, which is not charged even if a ratchet remembers it.
constexpr double absent = -1.0;

}  // namespace

double in_unit(double demand_kw, DemandUnit unit, const BillingOptions& options) {
  switch (unit.of) {
    case DemandUnit::Of::kva:
      return demand_kw / options.power_factor.value_or(1.0);
    case DemandUnit::Of::hp:
      return demand_kw / kw_per_horsepower;
    case DemandUnit::Of::kw:
      break;
  }
  return demand_kw;
}

DemandCharge::DemandCharge(Parts parts) : parts_(std::move(parts)) {
  expects(parts_.schedule.last_period() < parts_.periods.size(), "every hour has a period that has a price");
}

std::vector<double> DemandCharge::amounts(const MeteredLoad& load, std::span<const BillLine>) const {
  return parts_.unit.daily ? daily(load) : monthly(load);
}

std::vector<double> DemandCharge::monthly(const MeteredLoad& load) const {
  const std::size_t months = load.months.size();
  std::vector<double> result(months, 0.0);
  std::vector<std::vector<double>> demand_kw(parts_.periods.size(), std::vector<double>(months, absent));
  for (const MeterStep& step : load.steps) {
    const std::size_t calendar_month = load.months[step.month].calendar_month();
    double& highest = demand_kw[parts_.schedule.period(calendar_month, step.hour, step.rest_day)][step.month];
    highest = std::max(highest, parts_.basis == Basis::billing ? load.months[step.month].billing_kw : step.demand_kw);
  }
  for (std::size_t period = 0; period < parts_.periods.size(); ++period) {
    std::vector<double>& demand = demand_kw[period];
    if (parts_.basis == Basis::ratcheted && load.ratchet && months > 0) {
      std::vector<double> peaks;
      for (const double peak : demand) peaks.push_back(std::max(peak, 0.0));
      BillingOptions without_history = load.options;
      without_history.previous_peaks_kw.reset();
      const auto billing = billing_demands(*load.ratchet, load.months.front().month, peaks, without_history);
      for (std::size_t m = 0; m < months; ++m)
        if (demand[m] != absent) demand[m] = billing[m];
    }
    for (std::size_t m = 0; m < months; ++m)
      if (demand[m] != absent)
        result[m] += marginal_cost(parts_.periods[period], in_unit(demand[m], parts_.unit, load.options));
  }
  return result;
}

std::vector<double> DemandCharge::daily(const MeteredLoad& load) const {
  std::vector<double> result(load.months.size(), 0.0);
  std::vector<double> highest(parts_.periods.size(), 0.0);
  for (std::size_t i = 0; i < load.steps.size(); ++i) {
    const MeterStep& step = load.steps[i];
    const std::size_t calendar_month = load.months[step.month].calendar_month();
    double& demand = highest[parts_.schedule.period(calendar_month, step.hour, step.rest_day)];
    demand = std::max(demand, step.demand_kw);
    const bool ends_day = i + 1 == load.steps.size() || load.steps[i + 1].day != step.day;
    if (!ends_day) continue;
    for (std::size_t period = 0; period < highest.size(); ++period)
      result[step.month] += marginal_cost(parts_.periods[period], in_unit(highest[period], parts_.unit, load.options));
    std::ranges::fill(highest, 0.0);
  }
  return result;
}

}  // namespace chokepoint::models
