#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"
#include "models/tariff/fixed_charge.hpp"

namespace chokepoint::models {

/// The least that a bill comes to: what all lines before it lack of that amount. A minimum by day or month acts on
/// every month; one by year acts on each calendar year's sum, in the last of its months that the load covers. A part of
/// a month or year has its share of the minimum.
class MinimumCharge final : public Charge {
 public:
  MinimumCharge(double amount, Per per) : amount_(amount), per_(per) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override {
    return per_ == Per::year ? "annual minimum" : "minimum";
  }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;

 private:
  double amount_;
  Per per_;
};

}  // namespace chokepoint::models
