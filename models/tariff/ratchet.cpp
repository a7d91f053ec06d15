#include "models/tariff/ratchet.hpp"

#include <algorithm>

namespace chokepoint::models {

std::vector<double> billing_demands(const Ratchet& ratchet, std::chrono::year_month first,
                                    std::span<const double> peaks_kw, const BillingOptions& options) {
  const int count = static_cast<int>(peaks_kw.size());
  const int first_month = static_cast<int>(static_cast<unsigned>(first.month())) - 1;
  const auto calendar_month = [first_month](int index) {
    return static_cast<std::size_t>(((first_month + index) % 12 + 12) % 12);
  };
  const auto peak = [&](int index) {
    if (index >= 0) return peaks_kw[static_cast<std::size_t>(index)];
    if (options.previous_peaks_kw) return (*options.previous_peaks_kw)[calendar_month(index)];
    const int a_year_later = index + 12;
    const bool known = options.year_repeats && a_year_later >= 0 && a_year_later < count;
    return known ? peaks_kw[static_cast<std::size_t>(a_year_later)] : 0.0;
  };

  std::vector<double> billing;
  billing.reserve(peaks_kw.size());
  for (int index = 0; index < count; ++index) {
    double back = 0.0;
    for (int k = 1; k <= ratchet.months; ++k)
      back = std::max(back, ratchet.back_share[calendar_month(index - k)] * peak(index - k));
    const std::size_t month = calendar_month(index);
    billing.push_back(
        std::max({ratchet.minimum_kw, ratchet.own_share[month] * peak(index), ratchet.billed_share[month] * back}));
  }
  return billing;
}

}  // namespace chokepoint::models
