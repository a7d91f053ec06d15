#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// A price per kWh by calendar month on all energy, such as the monthly fuel adjustments of the OpenEI URDB.
class MonthlyAdderCharge final : public Charge {
 public:
  explicit MonthlyAdderCharge(const std::array<double, 12>& per_kwh) : per_kwh_(per_kwh) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "fuel adjustment"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine>) const override {
    std::vector<double> result;
    for (const MeterMonth& month : load.months) result.push_back(month.energy_kwh * per_kwh_[month.calendar_month()]);
    return result;
  }

  [[nodiscard]] double energy_price(const TariffMoment& moment) const override { return per_kwh_[moment.month]; }

 private:
  std::array<double, 12> per_kwh_;
};

}  // namespace chokepoint::models
