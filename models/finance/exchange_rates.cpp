#include "models/finance/exchange_rates.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

void ExchangeRates::set(Currency currency, std::vector<Dated> rates) {
  expects(!rates.empty() && std::ranges::is_sorted(rates, {}, &Dated::from), "exchange rates stand in order of date");
  rates_[currency] = std::move(rates);
}

bool ExchangeRates::knows(Currency currency) const {
  return currency == accounting_ || rates_.contains(currency);
}

double ExchangeRates::rate(Currency currency, Instant at) const {
  if (currency == accounting_) return 1.0;
  const auto found = rates_.find(currency);
  expects(found != rates_.end(), "money is converted from a currency whose rate is known");
  const auto after = std::ranges::upper_bound(found->second, at, {}, &Dated::from);
  return after == found->second.begin() ? after->rate : std::prev(after)->rate;
}

Money ExchangeRates::convert(Money amount, Currency from, Instant at) const {
  if (from == accounting_) return amount;
  return Money::from_units(amount.units() * rate(from, at));
}

}  // namespace chokepoint::models
