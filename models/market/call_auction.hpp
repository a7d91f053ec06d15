#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/market/allocation.hpp"
#include "models/market/ranked.hpp"

namespace chokepoint::models {

/// One order of an auction: `quantity` whole goods, bought at no more or sold at no less than `limit` apiece.
struct AuctionOrder {
  double limit = 0.0;
  std::int64_t quantity = 0;
};

struct AuctionResult {
  /// Of all that trades; none where no bid reaches an ask.
  std::optional<double> price;
  std::int64_t volume = 0;
  /// Goods by order, in the order of the bids and asks.
  std::vector<std::int64_t> bought;
  std::vector<std::int64_t> sold;
  /// Highest bid and lowest ask, of orders with a quantity.
  std::optional<double> best_bid;
  std::optional<double> best_ask;
};

/// A uniform-price call auction: trades the largest volume that limits allow, at one price in the middle of those that
/// leave nobody who would rather trade than not; orders at the margin share in proportion to their quantities. Limits
/// are finite, quantities not negative. O(n log n).
class CallAuction {
 public:
  /// Holds until the next call: its memory is kept for it.
  const AuctionResult& clear(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks);

 private:
  /// One side of the book, best first, and of equal limits the first first.
  class Side {
   public:
    /// `sign` is 1 where a lower limit is better, -1 where a higher one is.
    void open(std::span<const AuctionOrder> orders, double sign);

    [[nodiscard]] bool exhausted() const { return next_ == best_first_.size(); }
    [[nodiscard]] double limit() const { return orders_[best_first_[next_].place].limit; }
    [[nodiscard]] std::int64_t left() const { return orders_[best_first_[next_].place].quantity - taken_; }
    [[nodiscard]] std::optional<double> best() const {
      return best_first_.empty() ? std::nullopt : std::optional(orders_[best_first_.front().place].limit);
    }
    void take(std::int64_t quantity);
    /// Of the last order that traded.
    [[nodiscard]] double marginal() const { return marginal_; }
    /// Of a volume: better orders than the marginal ones in full, these in proportion.
    void fill(std::int64_t volume, std::vector<std::int64_t>& fills);

   private:
    std::span<const AuctionOrder> orders_;
    std::vector<Ranked> best_first_;
    std::size_t next_ = 0;
    std::int64_t taken_ = 0;
    double marginal_ = 0.0;
    /// Of the marginal orders.
    std::vector<std::int64_t> quantities_;
    std::vector<double> claims_;
    AllocationByClaims allocate_;
  };

  Side buyers_, sellers_;
  AuctionResult result_;
};
AuctionResult call_auction(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks);

/// What a day without trade tells of the price: the last one, held between best bid and best ask where these are.
double indicative_price(const AuctionResult& result, double last_price);

}  // namespace chokepoint::models
