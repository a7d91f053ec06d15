#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// Share that a power factor adds to a bill by China's rule for industry (assumed as: standard 0.90; each 0.01 below
/// adds 0.5 % down to 0.70, below which it stays; each 0.01 above takes 0.15 % off, at most 0.75 %). The power factor
/// is rounded to hundredths first, as it is read from the rule's table.
double power_factor_share(double power_factor, double standard);

/// That share of the lines before it, energy and basic charge. Without a stated power factor the customer is taken to
/// be at the standard.
class PowerFactorCharge final : public Charge {
 public:
  explicit PowerFactorCharge(double standard) : standard_(standard) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "power factor"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;

 private:
  double standard_;
};

}  // namespace chokepoint::models
