#pragma once

#include <cstdint>

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
double reservation_price(const DealerOutlook& outlook);

/// How eagerly a dealer sells. The values are assumed: no data stand behind them.
struct OfferTerms {
  /// Share of the stock that is offered in a day where the price is the reservation price.
  double turnover = 0.06;
  /// Elasticity of that share to price over reservation price, not negative; 0 offers the same at any price.
  double withholding = 4.0;
};

/// Goods, a fraction too, that a dealer offers of `stock` where the last price over its reservation price is
/// `price_over_reservation`, positive: stock * min(1, turnover price_over_reservation^withholding). The further the
/// price lies under what the dealer would take, the less is shown. Form of this project.
double offered_quantity(const OfferTerms& terms, std::int64_t stock, double price_over_reservation);

}  // namespace chokepoint::models
