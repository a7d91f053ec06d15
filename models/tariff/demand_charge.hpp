#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"
#include "models/tariff/schedule.hpp"
#include "models/tariff/tier.hpp"

namespace chokepoint::models {

/// What a demand charge counts: kW, kVA (kW over the power factor) or mechanical horsepower (0.7457 kW). A daily unit
/// is charged on the highest demand of each day, the others on that of the month.
struct DemandUnit {
  enum class Of { kw, kva, hp };
  Of of = Of::kw;
  bool daily = false;

  friend bool operator==(const DemandUnit&, const DemandUnit&) = default;
};

/// A demand of so many kW, in the unit.
double in_unit(double demand_kw, DemandUnit unit, const BillingOptions& options);

/// Demand by period of a schedule, each on its own marginal tiers: time-of-use demand, flat demand by month and
/// coincident demand (the customer's highest demand in the hours of the system's peak).
class DemandCharge final : public Charge {
 public:
  /// Which demand a period is charged on: the highest within its hours; that, remembered by the tariff's ratchet; or
  /// the billing demand of the month, which the schedule only gives the tiers for.
  enum class Basis { metered, ratcheted, billing };
  struct Parts {
    std::string name;
    Schedule schedule{};
    std::vector<std::vector<Tier>> periods;
    DemandUnit unit{};
    Basis basis = Basis::metered;
  };

  explicit DemandCharge(Parts parts);

  [[nodiscard]] std::string name(const BillingOptions&) const override { return parts_.name; }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine> before) const override;

 private:
  [[nodiscard]] std::vector<double> monthly(const MeteredLoad& load) const;
  [[nodiscard]] std::vector<double> daily(const MeteredLoad& load) const;

  Parts parts_;
};

}  // namespace chokepoint::models
