#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// How a dealer thinks of a good that it can sell today or later.
struct DealerOutlook {
  /// Price that the dealer expects to get for it in the end.
  double expected_price = 0.0;
  /// Days until the stock would be sold at the pace of lately, not negative.
  double days_of_stock = 0.0;
  /// Interest, storage and loss of value a year, as a share of the price.
  double carrying_cost = 0.0;
};

/// The least that a dealer takes today: what waiting would bring, less what waiting costs (the storage form of
/// Kaldor 1939; Working 1949).
inline double reservation_price(const DealerOutlook& outlook) {
  expects(outlook.expected_price > 0.0 && outlook.days_of_stock >= 0.0 && outlook.carrying_cost >= 0.0,
          "a dealer expects a price and waits for it at a cost");
  constexpr double days_per_year = 365.0;
  return outlook.expected_price / (1.0 + outlook.carrying_cost * outlook.days_of_stock / days_per_year);
}

/// How eagerly a dealer sells. The values are assumed: no data stand behind them.
struct OfferTerms {
  /// Share of the stock that is offered in a day where the price is the reservation price.
  double turnover = 0.06;
  /// Elasticity of that share to price over reservation price, not negative; 0 offers the same at any price.
  double withholding = 4.0;
};

/// `base`^`exponent`, both not negative; small whole exponents by multiplication, which a market does for each dealer.
inline double power(double base, double exponent) {
  constexpr double most_by_multiplication = 8.0;
  if (exponent > most_by_multiplication || exponent != std::floor(exponent)) return std::pow(base, exponent);
  double product = 1.0;
  for (int times = static_cast<int>(exponent); times > 0; --times) product *= base;
  return product;
}

/// Goods, a fraction too, that a dealer offers of `stock` where the last price over its reservation price is
/// `price_over_reservation`, positive: stock * min(1, turnover price_over_reservation^withholding). The further the
/// price lies under what the dealer would take, the less is shown. Form of this project.
inline double offered_quantity(const OfferTerms& terms, std::int64_t stock, double price_over_reservation) {
  expects(terms.turnover >= 0.0 && terms.withholding >= 0.0, "dealers offer no negative share");
  expects(stock >= 0 && price_over_reservation > 0.0, "stock is not negative and prices are positive");
  return static_cast<double>(stock) * std::min(1.0, terms.turnover * power(price_over_reservation, terms.withholding));
}

}  // namespace chokepoint::models
