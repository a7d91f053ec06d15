#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// A price per kVAr of reactive power at the month's highest demand: P tan(arccos(power factor)).
class ReactiveCharge final : public Charge {
 public:
  explicit ReactiveCharge(double price_per_kvar) : price_per_kvar_(price_per_kvar) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "reactive power"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine>) const override {
    const double kvar_per_kw = std::tan(std::acos(load.options.power_factor.value_or(1.0)));
    std::vector<double> result;
    for (const MeterMonth& month : load.months) result.push_back(month.peak_kw * kvar_per_kw * price_per_kvar_);
    return result;
  }

 private:
  double price_per_kvar_;
};

}  // namespace chokepoint::models
