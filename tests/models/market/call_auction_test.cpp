#include "models/market/call_auction.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

std::vector<AuctionOrder> random_orders(std::mt19937& generator, std::uint32_t levels) {
  std::vector<AuctionOrder> orders(generator() % 7);
  for (AuctionOrder& order : orders)
    order = {.limit = 10.0 + static_cast<double>(generator() % levels),
             .quantity = static_cast<std::int64_t>(generator() % 6)};
  return orders;
}

std::int64_t at_or_better(const std::vector<AuctionOrder>& orders, double price, bool buying) {
  std::int64_t sum = 0;
  for (const AuctionOrder& order : orders)
    if (buying ? order.limit >= price : order.limit <= price) sum += order.quantity;
  return sum;
}

/// The largest volume over all prices at which something may change.
std::int64_t most_volume(const std::vector<AuctionOrder>& bids, const std::vector<AuctionOrder>& asks) {
  std::int64_t most = 0;
  for (const auto* side : {&bids, &asks})
    for (const AuctionOrder& order : *side)
      most = std::max(most, std::min(at_or_better(bids, order.limit, true), at_or_better(asks, order.limit, false)));
  return most;
}

TEST_CASE("the auction keeps its laws on random books with ties") {
  std::mt19937 generator(3);
  CallAuction auction;
  for (int trial = 0; trial < 20000; ++trial) {
    const auto bids = random_orders(generator, trial % 2 == 0 ? 4 : 40);
    const auto asks = random_orders(generator, trial % 2 == 0 ? 4 : 40);
    const AuctionResult& result = auction.clear(bids, asks);
    CAPTURE(trial);
    REQUIRE(result.volume == most_volume(bids, asks));
    REQUIRE(result.price.has_value() == (result.volume > 0));
    std::int64_t bought = 0;
    std::int64_t sold = 0;
    for (std::size_t i = 0; i < bids.size(); ++i) {
      bought += result.bought[i];
      REQUIRE(result.bought[i] <= bids[i].quantity);
      if (!result.price) continue;
      if (result.bought[i] > 0) REQUIRE(bids[i].limit >= *result.price);
      if (bids[i].limit > *result.price) REQUIRE(result.bought[i] == bids[i].quantity);
    }
    for (std::size_t i = 0; i < asks.size(); ++i) {
      sold += result.sold[i];
      REQUIRE(result.sold[i] <= asks[i].quantity);
      if (!result.price) continue;
      if (result.sold[i] > 0) REQUIRE(asks[i].limit <= *result.price);
      if (asks[i].limit < *result.price) REQUIRE(result.sold[i] == asks[i].quantity);
    }
    REQUIRE(bought == result.volume);
    REQUIRE(sold == result.volume);
  }
}

TEST_CASE("orders at the margin share in proportion") {
  const std::vector<AuctionOrder> bids{{12.0, 10}};
  const std::vector<AuctionOrder> asks{{10.0, 30}, {10.0, 10}, {11.0, 5}};
  const AuctionResult result = call_auction(bids, asks);
  CHECK(*result.price == 10.0);
  CHECK(result.sold == std::vector<std::int64_t>{8, 2, 0});
}

TEST_CASE("where both sides are filled the price lies between the marginal bid and the marginal ask") {
  const std::vector<AuctionOrder> bids{{20.0, 5}, {14.0, 5}, {9.0, 5}};
  const std::vector<AuctionOrder> asks{{8.0, 10}, {16.0, 4}};
  const AuctionResult result = call_auction(bids, asks);
  CHECK(result.volume == 10);
  CHECK(*result.price == 11.5);
}

TEST_CASE("a day without trade tells a price between best bid and best ask") {
  const AuctionResult apart = call_auction(std::vector<AuctionOrder>{{9.0, 1}}, std::vector<AuctionOrder>{{11.0, 1}});
  CHECK_FALSE(apart.price);
  CHECK(indicative_price(apart, 15.0) == 11.0);
  CHECK(indicative_price(apart, 10.0) == 10.0);
  CHECK(indicative_price(apart, 3.0) == 9.0);
  CHECK(indicative_price(call_auction({}, {}), 7.0) == 7.0);
}

}  // namespace
}  // namespace chokepoint::models
