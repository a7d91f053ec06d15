#include "models/market/call_auction.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
void CallAuction::Side::open(std::span<const AuctionOrder> orders, double sign) {
  orders_ = orders;
  best_first_.clear();
  for (std::size_t i = 0; i < orders.size(); ++i) {
    expects(orders[i].quantity >= 0, "quantities are not negative");
    if (orders[i].quantity > 0) best_first_.push_back({sign * orders[i].limit, i});
  }
  std::sort(best_first_.begin(), best_first_.end());
  next_ = 0;
  taken_ = 0;
}

void CallAuction::Side::take(std::int64_t quantity) {
  marginal_ = limit();
  taken_ += quantity;
  if (left() > 0) return;
  ++next_;
  taken_ = 0;
}

void CallAuction::Side::fill(std::int64_t volume, std::vector<std::int64_t>& fills) {
  fills.assign(orders_.size(), 0);
  std::size_t first = 0;
  while (volume > 0 && orders_[best_first_[first].place].limit != marginal_) {
    const std::size_t i = best_first_[first++].place;
    fills[i] = orders_[i].quantity;
    volume -= fills[i];
  }
  if (volume == 0) return;
  quantities_.clear();
  for (std::size_t n = first; n < best_first_.size() && orders_[best_first_[n].place].limit == marginal_; ++n)
    quantities_.push_back(orders_[best_first_[n].place].quantity);
  claims_.assign(quantities_.begin(), quantities_.end());
  const auto shares = allocate_(volume, quantities_, claims_);
  for (std::size_t n = 0; n < shares.size(); ++n) fills[best_first_[first + n].place] = shares[n];
}

const AuctionResult& CallAuction::clear(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks) {
  buyers_.open(bids, -1.0);
  sellers_.open(asks, 1.0);
  result_.price.reset();
  result_.volume = 0;
  result_.best_bid = buyers_.best();
  result_.best_ask = sellers_.best();
  while (!buyers_.exhausted() && !sellers_.exhausted() && buyers_.limit() >= sellers_.limit()) {
    const std::int64_t traded = std::min(buyers_.left(), sellers_.left());
    buyers_.take(traded);
    sellers_.take(traded);
    result_.volume += traded;
  }
  if (result_.volume > 0) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const double lowest = std::max(sellers_.marginal(), buyers_.exhausted() ? -none : buyers_.limit());
    const double highest = std::min(buyers_.marginal(), sellers_.exhausted() ? none : sellers_.limit());
    result_.price = std::midpoint(lowest, highest);
  }
  buyers_.fill(result_.volume, result_.bought);
  sellers_.fill(result_.volume, result_.sold);
  return result_;
}

AuctionResult call_auction(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks) {
  return CallAuction().clear(bids, asks);
}

double indicative_price(const AuctionResult& result, double last_price) {
  if (result.best_ask && last_price > *result.best_ask) return *result.best_ask;
  if (result.best_bid && last_price < *result.best_bid) return *result.best_bid;
  return last_price;
}

}  // namespace chokepoint::models
