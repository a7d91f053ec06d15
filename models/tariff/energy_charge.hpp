#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"
#include "models/tariff/schedule.hpp"
#include "models/tariff/tier.hpp"

namespace chokepoint::models {

/// What the limit of an energy tier counts: kWh of a month, kWh of a month per kW of its billing demand, or either
/// times the days of the month.
enum class EnergyTierUnit { kwh, kwh_per_kw, kwh_daily, kwh_per_kw_daily };

struct EnergyTier {
  double max = std::numeric_limits<double>::infinity();
  EnergyTierUnit unit = EnergyTierUnit::kwh;
  double rate = 0.0;  ///< per kWh, adjustments included
};

/// The tiers of one month in kWh. A tier by kWh/kW that is followed by tiers by kWh opens a block: those run up to its
/// limit and its own rate is not used, as in hours-use rates (Georgia Power PLL; NREL ssc reads them so).
std::vector<Tier> tiers_in_kwh(std::span<const EnergyTier> tiers, double billing_kw, double days);

/// Energy by time of use, with marginal tiers that run for each period and month. With `tiers_across_periods` the tiers
/// run over all energy of the month and each period takes the same share of every tier (NREL ssc).
class EnergyCharge final : public Charge {
 public:
  EnergyCharge(Schedule schedule, std::vector<std::vector<EnergyTier>> periods, bool tiers_across_periods = false);

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "energy"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;
  [[nodiscard]] double energy_price(const TariffMoment& moment) const override;

 private:
  Schedule schedule_;
  std::vector<std::vector<EnergyTier>> periods_;
  bool tiers_across_periods_;
};

}  // namespace chokepoint::models
