#include "sim/market/spot_book.hpp"

#include "models/market/price_expectation.hpp"

namespace chokepoint::sim {

SpotBook::Day SpotBook::settle(MarketAccounts& accounts, Eigen::Index clearing, Eigen::Index product,
                               double last_price) {
  // Without trade the price goes part of the way to where bids or asks tell that it lies.
  constexpr double way_without_trade = 0.25;
  const models::AuctionResult& result = auction_.clear(bids_, asks_);
  Day day{.price = last_price, .volume = result.volume};
  double offered = 0.0;
  for (const models::AuctionOrder& order : asks_) {
    offered += static_cast<double>(order.quantity);
    day.asked += order.limit * static_cast<double>(order.quantity);
  }
  if (offered > 0.0) day.asked /= offered;
  for (const models::AuctionOrder& order : bids_) day.bid += order.quantity;
  if (result.price) {
    const models::Money price = models::Money::from_units(*result.price);
    day.price = price.units();
    for (std::size_t i = 0; i < asks_.size(); ++i) {
      if (result.sold[i] == 0) continue;
      accounts.move(sellers_[i], clearing, product, result.sold[i]);
      accounts.pay(clearing, sellers_[i], {price.ten_thousandths * result.sold[i]});
    }
    for (std::size_t i = 0; i < bids_.size(); ++i) {
      if (result.bought[i] == 0) continue;
      accounts.move(clearing, buyers_[i], product, result.bought[i]);
      accounts.pay(buyers_[i], clearing, {price.ten_thousandths * result.bought[i]});
    }
  } else {
    day.price =
        models::adaptive_expectation(last_price, models::indicative_price(result, last_price), way_without_trade);
  }
  bids_.clear();
  asks_.clear();
  buyers_.clear();
  sellers_.clear();
  return day;
}

}  // namespace chokepoint::sim
