#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace chokepoint::models {

/// Which of the two basic charges of a two-part tariff a customer has chosen.
enum class BasicOption { demand, capacity };

/// What a bill needs to know of the customer, beside the load.
struct BillingOptions {
  /// Average power factor, above 0 to 1. Without one, apparent power equals real power, no reactive power is drawn, and
  /// a tariff with a standard power factor takes the customer to be at it.
  std::optional<double> power_factor{};
  /// Rated power of the transformers, kVA, for tariffs that charge capacity.
  std::optional<double> capacity_kva{};
  /// Overrides the choice that a two-part tariff holds.
  std::optional<BasicOption> basic_option{};
  /// Wall-clock dates that count as rest days beside Saturday and Sunday, in order.
  std::vector<std::chrono::local_days> holidays{};
  /// Highest demand by calendar month in the year before the load begins, kW, for look-backs.
  std::optional<std::array<double, 12>> previous_peaks_kw{};
  /// With no previous peaks: whether months before the load are taken to have been as the same calendar months of the
  /// load's first year are (a bill of a typical year), or to have had no demand (a new connection).
  bool year_repeats = false;
};

}  // namespace chokepoint::models
