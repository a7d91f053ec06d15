#include "models/market/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

using Goods = std::vector<std::int64_t>;

std::int64_t sum(const Goods& goods) {
  return std::accumulate(goods.begin(), goods.end(), std::int64_t{0});
}

Goods random_orders(std::mt19937& generator) {
  Goods orders(1 + generator() % 8);
  for (std::int64_t& order : orders) order = static_cast<std::int64_t>(generator() % 40);
  return orders;
}

// Cachon & Lariviere 1999: capacity 100 and orders 80, 60, 20 give 50 37.5 12.5, 60 40 0 and 40 40 20.
TEST_CASE("shortage is shared as Cachon and Lariviere compute it") {
  const Goods orders{800, 600, 200};
  CHECK(allocate_proportionally(1000, orders) == Goods{500, 375, 125});
  CHECK(allocate_linearly(1000, orders) == Goods{600, 400, 0});
  CHECK(allocate_uniformly(1000, orders) == Goods{400, 400, 200});
}

TEST_CASE("what suffices for all is given to all") {
  const Goods orders{3, 0, 5};
  for (const std::int64_t capacity : {8, 9, 1000}) {
    CHECK(allocate_proportionally(capacity, orders) == orders);
    CHECK(allocate_linearly(capacity, orders) == orders);
    CHECK(allocate_uniformly(capacity, orders) == orders);
  }
}

TEST_CASE("goods are conserved and nobody gets more than was ordered") {
  std::mt19937 generator(5);
  for (int trial = 0; trial < 2000; ++trial) {
    const Goods orders = random_orders(generator);
    const auto capacity = static_cast<std::int64_t>(generator() % 150);
    std::vector<double> claims;
    for (std::size_t i = 0; i < orders.size(); ++i) claims.push_back(1.0 + static_cast<double>(generator() % 100));
    for (const Goods& given : {allocate_proportionally(capacity, orders), allocate_linearly(capacity, orders),
                               allocate_uniformly(capacity, orders), allocate_by_claims(capacity, orders, claims)}) {
      CAPTURE(trial);
      CHECK(sum(given) == std::min(capacity, sum(orders)));
      for (std::size_t i = 0; i < orders.size(); ++i) {
        CHECK(given[i] >= 0);
        CHECK(given[i] <= orders[i]);
      }
    }
  }
}

// The uncapped shares are equal in units of the claims, found here by bisection on their price.
TEST_CASE("claims are met alike until orders are filled") {
  std::mt19937 generator(7);
  AllocationByClaims allocate;
  for (int trial = 0; trial < 500; ++trial) {
    const Goods orders = random_orders(generator);
    const auto capacity = static_cast<std::int64_t>(generator() % 150);
    if (sum(orders) <= capacity) continue;
    std::vector<double> claims;
    for (std::size_t i = 0; i < orders.size(); ++i) claims.push_back(1.0 + static_cast<double>(generator() % 9));
    double low = 0.0;
    double high = 1e3;
    for (int step = 0; step < 100; ++step) {
      const double level = (low + high) / 2.0;
      double needed = 0.0;
      for (std::size_t i = 0; i < orders.size(); ++i)
        needed += std::min(static_cast<double>(orders[i]), level * claims[i]);
      (needed < static_cast<double>(capacity) ? low : high) = level;
    }
    const auto given = allocate(capacity, orders, claims);
    for (std::size_t i = 0; i < orders.size(); ++i) {
      CAPTURE(trial);
      CHECK(std::abs(static_cast<double>(given[i]) - std::min(static_cast<double>(orders[i]), low * claims[i])) <
            1.0 + 1e-6);
    }
  }
}

TEST_CASE("an inflated order gains under proportional and linear allocation and not under uniform") {
  const std::vector<Goods> honest{{80, 60, 20}, {50, 50, 50}};
  for (const Goods& orders : honest) {
    Goods inflated = orders;
    inflated.back() *= 3;
    CHECK(allocate_proportionally(100, inflated).back() > allocate_proportionally(100, orders).back());
    CHECK(allocate_linearly(100, inflated).back() > allocate_linearly(100, orders).back());
  }
  std::mt19937 generator(11);
  for (int trial = 0; trial < 2000; ++trial) {
    const Goods orders = random_orders(generator);
    const auto capacity = static_cast<std::int64_t>(generator() % 150);
    Goods inflated = orders;
    const std::size_t who = generator() % orders.size();
    inflated[who] += 1 + static_cast<std::int64_t>(generator() % 50);
    const std::int64_t before = allocate_uniformly(capacity, orders)[who];
    // What is of use to the buyer is at most the true need; goods are whole, so that one may fall to either side.
    CHECK(std::min(allocate_uniformly(capacity, inflated)[who], orders[who]) <= before + 1);
  }
}

}  // namespace
}  // namespace chokepoint::models
