#include "models/tariff/energy_charge.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

bool is_per_kw(EnergyTierUnit unit) {
  return unit == EnergyTierUnit::kwh_per_kw || unit == EnergyTierUnit::kwh_per_kw_daily;
}

bool is_daily(EnergyTierUnit unit) {
  return unit == EnergyTierUnit::kwh_daily || unit == EnergyTierUnit::kwh_per_kw_daily;
}

}  // namespace

std::vector<Tier> tiers_in_kwh(std::span<const EnergyTier> tiers, double billing_kw, double days) {
  const double unbounded = std::numeric_limits<double>::infinity();
  std::vector<Tier> result;
  double block = unbounded;
  double lower = 0.0;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const EnergyTier& tier = tiers[i];
    double limit = tier.max * (is_daily(tier.unit) ? days : 1.0);
    if (is_per_kw(tier.unit)) {
      if (limit < unbounded) limit *= billing_kw;
      block = limit;
      const bool opens_block = i + 1 < tiers.size() && !is_per_kw(tiers[i + 1].unit);
      if (opens_block) continue;
    }
    limit = std::min(limit, block);
    if (limit <= lower && i + 1 < tiers.size()) continue;
    result.push_back({.max = limit, .rate = tier.rate});
    lower = limit;
  }
  return result;
}

EnergyCharge::EnergyCharge(Schedule schedule, std::vector<std::vector<EnergyTier>> periods, bool tiers_across_periods)
    : schedule_(schedule), periods_(std::move(periods)), tiers_across_periods_(tiers_across_periods) {
  expects(schedule_.last_period() < periods_.size(), "every hour has a period that has a price");
}

std::vector<double> EnergyCharge::amounts(const MeteredLoad& load, std::span<const BillLine>) const {
  std::vector<double> result;
  std::vector<double> energy_kwh(periods_.size());
  for (const MeterMonth& month : load.months) {
    std::ranges::fill(energy_kwh, 0.0);
    for (std::size_t i = month.first_step; i < month.end_step; ++i) {
      const MeterStep& step = load.steps[i];
      energy_kwh[schedule_.period(month.calendar_month(), step.hour, step.rest_day)] += step.energy_kwh;
    }
    double amount = 0.0;
    for (std::size_t period = 0; period < periods_.size(); ++period) {
      if (energy_kwh[period] == 0.0) continue;
      const auto tiers = tiers_in_kwh(periods_[period], month.billing_kw, month.days);
      amount += tiers_across_periods_ ? marginal_cost(tiers, month.energy_kwh) * (energy_kwh[period] / month.energy_kwh)
                                      : marginal_cost(tiers, energy_kwh[period]);
    }
    result.push_back(amount);
  }
  return result;
}

double EnergyCharge::energy_price(const TariffMoment& moment) const {
  const auto& tiers = periods_[schedule_.period(moment.month, moment.hour, moment.rest_day)];
  return tiers.empty() ? 0.0 : tiers.front().rate;
}

}  // namespace chokepoint::models
