#include "models/market/call_auction.hpp"

#include <algorithm>
#include <compare>
#include <limits>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/market/allocation.hpp"

namespace chokepoint::models {
namespace {

/// One side of the book, best first, and of equal limits the first first.
class Side {
 public:
  /// `sign` is 1 where a lower limit is better, -1 where a higher one is.
  Side(std::span<const AuctionOrder> orders, double sign) : orders_(orders) {
    best_first_.reserve(orders.size());
    for (std::size_t i = 0; i < orders.size(); ++i) {
      expects(orders[i].quantity >= 0, "quantities are not negative");
      if (orders[i].quantity > 0) best_first_.push_back({sign * orders[i].limit, i});
    }
    std::ranges::sort(best_first_);
  }

  [[nodiscard]] bool exhausted() const { return next_ == best_first_.size(); }
  [[nodiscard]] double limit() const { return orders_[best_first_[next_].place].limit; }
  [[nodiscard]] std::int64_t left() const { return orders_[best_first_[next_].place].quantity - taken_; }
  [[nodiscard]] std::optional<double> best() const {
    return best_first_.empty() ? std::nullopt : std::optional(orders_[best_first_.front().place].limit);
  }
  void take(std::int64_t quantity) {
    marginal_ = limit();
    taken_ += quantity;
    if (left() > 0) return;
    ++next_;
    taken_ = 0;
  }
  /// Of the last order that traded.
  [[nodiscard]] double marginal() const { return marginal_; }

  /// Better orders than the marginal ones in full, these in proportion.
  [[nodiscard]] std::vector<std::int64_t> fills(std::int64_t volume) const {
    std::vector<std::int64_t> fills(orders_.size(), 0);
    std::size_t first = 0;
    while (volume > 0 && orders_[best_first_[first].place].limit != marginal_) {
      const std::size_t i = best_first_[first++].place;
      fills[i] = orders_[i].quantity;
      volume -= fills[i];
    }
    if (volume == 0) return fills;
    std::size_t last = first;
    while (last < best_first_.size() && orders_[best_first_[last].place].limit == marginal_) ++last;
    if (last - first == 1) {
      fills[best_first_[first].place] = volume;
      return fills;
    }
    std::vector<std::int64_t> quantities;
    for (std::size_t n = first; n < last; ++n) quantities.push_back(orders_[best_first_[n].place].quantity);
    const auto shares = allocate_proportionally(volume, quantities);
    for (std::size_t n = first; n < last; ++n) fills[best_first_[n].place] = shares[n - first];
    return fills;
  }

 private:
  std::span<const AuctionOrder> orders_;
  struct Ranked {
    double cost = 0.0;
    std::size_t place = 0;
    auto operator<=>(const Ranked&) const = default;
  };
  std::vector<Ranked> best_first_;
  std::size_t next_ = 0;
  std::int64_t taken_ = 0;
  double marginal_ = 0.0;
};

}  // namespace

AuctionResult call_auction(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks) {
  Side buyers(bids, -1.0);
  Side sellers(asks, 1.0);
  AuctionResult result{.best_bid = buyers.best(), .best_ask = sellers.best()};
  while (!buyers.exhausted() && !sellers.exhausted() && buyers.limit() >= sellers.limit()) {
    const std::int64_t traded = std::min(buyers.left(), sellers.left());
    buyers.take(traded);
    sellers.take(traded);
    result.volume += traded;
  }
  if (result.volume > 0) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const double lowest = std::max(sellers.marginal(), buyers.exhausted() ? -none : buyers.limit());
    const double highest = std::min(buyers.marginal(), sellers.exhausted() ? none : sellers.limit());
    result.price = std::midpoint(lowest, highest);
  }
  result.bought = buyers.fills(result.volume);
  result.sold = sellers.fills(result.volume);
  return result;
}

double indicative_price(const AuctionResult& result, double last_price) {
  if (result.best_ask && last_price > *result.best_ask) return *result.best_ask;
  if (result.best_bid && last_price < *result.best_bid) return *result.best_bid;
  return last_price;
}

}  // namespace chokepoint::models
