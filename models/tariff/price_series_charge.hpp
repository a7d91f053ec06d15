#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// Prices of consecutive intervals of universal time, per kWh; negative ones are paid to the customer.
struct PriceSeries {
  Instant start;
  std::chrono::seconds interval{3600};
  std::vector<double> price_per_kwh;

  [[nodiscard]] Instant end() const { return start + interval * static_cast<std::int64_t>(price_per_kwh.size()); }
};

/// Energy at the price of each interval and an adder that is the same in all of them.
class PriceSeriesCharge final : public Charge {
 public:
  explicit PriceSeriesCharge(PriceSeries series, double adder_per_kwh = 0.0);

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "energy"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;
  [[nodiscard]] double energy_price(const TariffMoment& moment) const override;
  [[nodiscard]] std::chrono::seconds interval() const override;
  [[nodiscard]] std::optional<BillingRefusal> refusal(const LoadSeries& load,
                                                      const BillingOptions& options) const override;

 private:
  PriceSeries series_;
  double adder_per_kwh_;
};

}  // namespace chokepoint::models
