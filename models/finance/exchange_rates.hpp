#pragma once

#include <map>
#include <vector>

#include "models/calendar/time_zone.hpp"
#include "models/quantity/money.hpp"

namespace chokepoint::models {

/// What one unit of each currency is worth in the accounting currency, from given dates on.
class ExchangeRates {
 public:
  struct Dated {
    Instant from;
    double rate = 1.0;
  };

  ExchangeRates() = default;
  explicit ExchangeRates(Currency accounting) : accounting_(accounting) {}

  /// `rates` in order of date, at least one; the first also holds before its date.
  void set(Currency currency, std::vector<Dated> rates);
  [[nodiscard]] Currency accounting() const { return accounting_; }
  [[nodiscard]] bool knows(Currency currency) const;
  /// Units of the accounting currency for one unit of `currency`, which must be known.
  [[nodiscard]] double rate(Currency currency, Instant at) const;
  [[nodiscard]] Money convert(Money amount, Currency from, Instant at) const;

 private:
  Currency accounting_;
  std::map<Currency, std::vector<Dated>> rates_;
};

}  // namespace chokepoint::models
