#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/quantity/money.hpp"
#include "models/tariff/metered_load.hpp"

namespace chokepoint::models {

/// One line of a bill: an amount a month, each rounded to ten-thousandths of the currency unit.
struct BillLine {
  std::string name;
  std::vector<Money> by_month;
  Money total;
};

/// Why a bill cannot be made: what was expected and what was found instead.
struct BillingRefusal {
  std::string expected;
  std::string found;
};

/// A moment as the hours of a tariff see it.
struct TariffMoment {
  Instant instant;
  std::size_t month = 0;  ///< 0 for January, of wall-clock time
  std::size_t hour = 0;   ///< of wall-clock time
  bool rest_day = false;
};

/// What every kind of charge of a tariff answers. A tariff holds charges in the order in which they are worked out, so
/// that one that rests on others (a minimum, a power-factor adjustment) comes after them.
class Charge {
 public:
  virtual ~Charge() = default;

  /// The name of its line, such as "energy".
  [[nodiscard]] virtual std::string name(const BillingOptions& options) const = 0;
  /// One amount for each month of `load`, in units of the tariff's currency; `before` are the lines before it.
  [[nodiscard]] virtual std::vector<double> amounts(const MeteredLoad& load,
                                                    std::span<const BillLine> before) const = 0;
  /// What it adds to the price of a further kWh at a moment, in the first tier; for pictures.
  [[nodiscard]] virtual double energy_price(const TariffMoment&) const { return 0.0; }
  /// The length of time within which its price is constant; 0 where the hours of a schedule are enough.
  [[nodiscard]] virtual std::chrono::seconds interval() const { return std::chrono::seconds{0}; }
  /// Why it cannot be worked out for this load; none if it can.
  [[nodiscard]] virtual std::optional<BillingRefusal> refusal(const LoadSeries&, const BillingOptions&) const {
    return std::nullopt;
  }
};

}  // namespace chokepoint::models
