#pragma once

#include <array>
#include <chrono>
#include <span>
#include <vector>

#include "models/tariff/billing_options.hpp"

namespace chokepoint::models {

/// Billing demand that remembers earlier months:
///
///     billing[m] = max(minimum, own_share[m] peak[m], billed_share[m] max over k = 1..months of back_share[m-k]
///     peak[m-k])
///
/// with shares by calendar month. One form for look-backs (OpenEI URDB: lookbackPercent, lookbackMonths,
/// lookbackRange), demand ratchets (demandratchetpercentage) and the billing demand of NREL ssc's utilityrate5, where a
/// month's own peak may count only in some months.
struct Ratchet {
  int months = 11;
  std::array<double, 12> back_share{};
  std::array<double, 12> billed_share{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::array<double, 12> own_share{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  double minimum_kw = 0.0;

  friend bool operator==(const Ratchet&, const Ratchet&) = default;
};

/// Billing demand by month of consecutive months with these highest demands, kW; `options` say what came before.
std::vector<double> billing_demands(const Ratchet& ratchet, std::chrono::year_month first,
                                    std::span<const double> peaks_kw, const BillingOptions& options);

}  // namespace chokepoint::models
