#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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
AuctionResult call_auction(std::span<const AuctionOrder> bids, std::span<const AuctionOrder> asks);

/// What a day without trade tells of the price: the last one, held between best bid and best ask where these are.
double indicative_price(const AuctionResult& result, double last_price);

}  // namespace chokepoint::models
