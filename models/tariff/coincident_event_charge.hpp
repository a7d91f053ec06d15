#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// The hours of one peak of the system, known by date, and what a kW of demand in them costs.
struct CoincidentEvent {
  struct Hours {
    Instant from;
    Instant to;
  };
  std::vector<Hours> hours;
  double price_per_kw = 0.0;
};

/// Demand at the system's own peaks: for each event, the highest demand within its hours, charged in the month in which
/// it was drawn (the form of REopt's coincident peak charges). An event outside the load costs nothing.
class CoincidentEventCharge final : public Charge {
 public:
  explicit CoincidentEventCharge(std::vector<CoincidentEvent> events) : events_(std::move(events)) {}

  [[nodiscard]] std::string name(const BillingOptions&) const override { return "coincident demand"; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;

 private:
  std::vector<CoincidentEvent> events_;
};

}  // namespace chokepoint::models
