#pragma once

#include <string>
#include <vector>

#include "models/tariff/tariff.hpp"

namespace chokepoint::models {

/// One month of a bill.
struct BillMonth {
  std::chrono::year_month month;
  double share = 1.0;  ///< of the month that the load covers
  double energy_kwh = 0.0;
  double peak_kw = 0.0;
  double billing_demand_kw = 0.0;
  Money total;
};

/// What a load costs on a tariff, by month and by line. Every amount of a line and month is rounded to ten-thousandths;
/// every total is the sum of such amounts, so that they all agree exactly.
struct Bill {
  Currency currency;
  std::vector<BillMonth> months;
  std::vector<BillLine> lines;
  Money total;
  double energy_kwh = 0.0;
  double peak_kw = 0.0;
  double billing_demand_kw = 0.0;

  /// Per kWh; 0 without energy.
  [[nodiscard]] double average_price() const { return energy_kwh > 0.0 ? total.units() / energy_kwh : 0.0; }
};

/// All that stands against a bill of this load; empty if one can be made.
std::vector<BillingRefusal> billing_refusals(const Tariff& tariff, const LoadSeries& load, const TimeZone& zone,
                                             const BillingOptions& options);

/// The bill of `load` by calendar months of wall-clock time in `zone`. In a month that the load covers in part, fixed
/// charges, capacity charges and minimums count by the share of the month, energy as it is, demand in full.
/// Precondition: no refusals.
Bill make_bill(const Tariff& tariff, const LoadSeries& load, const TimeZone& zone, const BillingOptions& options);

}  // namespace chokepoint::models
