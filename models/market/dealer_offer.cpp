#include "models/market/dealer_offer.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double reservation_price(const DealerOutlook& outlook) {
  expects(outlook.expected_price > 0.0 && outlook.days_of_stock >= 0.0 && outlook.carrying_cost >= 0.0,
          "a dealer expects a price and waits for it at a cost");
  constexpr double days_per_year = 365.0;
  return outlook.expected_price / (1.0 + outlook.carrying_cost * outlook.days_of_stock / days_per_year);
}

double offered_quantity(const OfferTerms& terms, std::int64_t stock, double price_over_reservation) {
  expects(terms.turnover >= 0.0 && terms.withholding >= 0.0, "dealers offer no negative share");
  expects(stock >= 0 && price_over_reservation > 0.0, "stock is not negative and prices are positive");
  return static_cast<double>(stock) *
         std::min(1.0, terms.turnover * std::pow(price_over_reservation, terms.withholding));
}

}  // namespace chokepoint::models
