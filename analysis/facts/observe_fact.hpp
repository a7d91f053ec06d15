#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/facts/market_fact.hpp"
#include "analysis/facts/market_series.hpp"
#include "models/finance/exchange_rates.hpp"

namespace chokepoint::analysis {

/// Why a market shows nothing of a fact where it might with other draws or parameters.
inline constexpr std::string_view no_value_in_period = "no value in the period";

/// What a market shows of a fact, in the fact's unit and currency, on the scale on which it is judged; or why it shows
/// nothing.
struct Observation {
  std::optional<double> judged;
  std::string missing;
};

/// Looks at what the fact speaks of: its kind of series, region, products, form and period. Where several series fit (a
/// form that is not known, two products), they count by the GPUs that the market delivered of each in the period, or
/// alike where it delivered none. A mean is that of all days of the period that have a value; a change goes from the
/// value on the first day to that on the last, or what stood last before such a day, at most 31 days back. A sum is
/// that of all days of the period and of all series that fit. Prices follow `money` into the fact's currency; a month
/// of lead time has 30.4 days. The period must lie within the run's.
Observation observe(const MarketFact& fact, const MarketSeries& market, const models::ExchangeRates& money);

/// Whether the words of a fact such as "8-GPU A100 80GB server" mean the product of a market: its first word (the chip)
/// is among them. Of several products of one chip only those are meant of which the fact names most further words.
bool names_product(std::string_view words, std::string_view product, const std::vector<std::string>& products);
/// Whether a form of a market ("SXM server") is one that the fact's form and unit allow.
bool allows_form(const MarketFact& fact, std::string_view form);

}  // namespace chokepoint::analysis
