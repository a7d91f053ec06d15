#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

enum class Per { day, month, year };

/// `amount` a day, month or year as an amount for one month: days count those of the month, a year is twelve months. A
/// month that the load covers in part has its share of the whole month's seconds.
inline double for_month(double amount, Per per, const MeterMonth& month) {
  const std::chrono::year_month_day_last last = month.month / std::chrono::last;
  const double days = static_cast<unsigned>(last.day());
  return month.share * (per == Per::day ? amount * days : per == Per::year ? amount / 12.0 : amount);
}

/// What a customer pays for being one.
class FixedCharge final : public Charge {
 public:
  FixedCharge(double amount, Per per) : amount_(amount), per_(per) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "fixed"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine>) const override {
    std::vector<double> result;
    for (const MeterMonth& month : load.months) result.push_back(for_month(amount_, per_, month));
    return result;
  }

 private:
  double amount_;
  Per per_;
};

}  // namespace chokepoint::models
