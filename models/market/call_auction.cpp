#include "models/market/call_auction.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/market/allocation.hpp"

namespace chokepoint::models {
namespace {

/// One side of the book, best first.
class Side {
 public:
  template <class Better>
  Side(std::span<const AuctionOrder> orders, Better better) : orders_(orders) {
    for (std::size_t i = 0; i < orders.size(); ++i) {
      expects(orders[i].quantity >= 0, "quantities are not negative");
      if (orders[i].quantity > 0) best_first_.push_back(i);
    }
    std::ranges::stable_sort(best_first_,
                             [&](std::size_t a, std::size_t b) { return better(orders[a].limit, orders[b].limit); });
  }

  [[nodiscard]] bool exhausted() const { return next_ == best_first_.size(); }
  [[nodiscard]] double limit() const { return orders_[best_first_[next_]].limit; }
  [[nodiscard]] std::int64_t left() const { return orders_[best_first_[next_]].quantity - taken_; }
  [[nodiscard]] std::optional<double> best() const {
    return best_first_.empty() ? std::nullopt : std::optional(orders_[best_first_.front()].limit);
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
    std::vector<std::size_t> at_margin;
    std::vector<std::int64_t> quantities;
    for (const std::size_t i : best_first_) {
      if (volume == 0) break;
      if (orders_[i].limit == marginal_) {
        at_margin.push_back(i);
        quantities.push_back(orders_[i].quantity);
      } else if (at_margin.empty()) {
        fills[i] = orders_[i].quantity;
        volume -= fills[i];
      }
    }
    const auto shares = allocate_proportionally(volume, quantities);
    for (std::size_t k = 0; k < at_margin.size(); ++k) fills[at_margin[k]] = shares[k];
    return fills;
  }

 private:
  std::span<const AuctionOrder> orders_;
  std::vector<std::size_t> best_first_;
  std::size_t next_ = 0;
  std::int64_t taken_ = 0;
  double marginal_ = 0.0;
};

}  // namespace

AuctionResult call_auction(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks) {
  Side buyers(bids, std::greater<>());
  Side sellers(asks, std::less<>());
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
