#include "sim/market/spot_book.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

TEST_CASE("sellers at one price share in proportion and pay and goods change hands at the price") {
  MarketAccounts accounts(1);
  const Eigen::Index clearing = accounts.open(1, *models::find_currency("CNY"));
  const Eigen::Index sellers = accounts.open(3, *models::find_currency("CNY"));
  const Eigen::Index buyer = accounts.open(1, *models::find_currency("CNY"));
  for (Eigen::Index i = 0; i < 3; ++i) accounts.make(sellers + i, 0, 50);
  SpotBook book;
  book.ask(sellers, {.limit = 100.0, .quantity = 30});
  book.ask(sellers + 1, {.limit = 100.0, .quantity = 10});
  book.ask(sellers + 2, {.limit = 110.0, .quantity = 5});
  book.bid(buyer, {.limit = 120.0, .quantity = 12});
  const SpotBook::Day day = book.settle(accounts, clearing, 0, 90.0);
  CHECK(day.price == 100.0);
  CHECK(day.volume == 12);
  CHECK(day.bid == 12);
  CHECK(day.asked == doctest::Approx((30 * 100.0 + 10 * 100.0 + 5 * 110.0) / 45.0));
  CHECK(accounts.goods(sellers, 0) == 41);
  CHECK(accounts.goods(sellers + 1, 0) == 47);
  CHECK(accounts.goods(sellers + 2, 0) == 50);
  CHECK(accounts.goods(buyer, 0) == 12);
  CHECK(accounts.money(buyer).units() == -1200.0);
  CHECK(accounts.money(sellers).units() == 900.0);
  accounts.check();
  // The next day begins with an empty book.
  CHECK(book.settle(accounts, clearing, 0, 90.0).volume == 0);
}

TEST_CASE("a day without trade brings the price a quarter of the way to the best ask") {
  MarketAccounts accounts(1);
  const Eigen::Index holders = accounts.open(2, *models::find_currency("CNY"));
  accounts.make(holders + 1, 0, 5);
  SpotBook book;
  book.ask(holders + 1, {.limit = 80.0, .quantity = 5});
  CHECK(book.settle(accounts, holders, 0, 100.0).price == 95.0);
}

/// An order and what came of it, in whole goods and whole ten-thousandths of money.
struct Filled {
  double limit = 0.0;
  std::int64_t quantity = 0;
  std::int64_t got = 0;
  std::int64_t paid = 0;
};

/// Price is whole ten-thousandths, and limits need not be.
constexpr double half_a_ten_thousandth = 0.5e-4 + 1e-12;

/// The side's goods at `price` or better for the other side, counted one by one.
std::int64_t goods_at(const std::vector<Filled>& side, double price, bool buying) {
  std::int64_t sum = 0;
  for (const Filled& order : side)
    if (buying ? order.limit >= price : order.limit <= price) sum += order.quantity;
  return sum;
}

/// Of all prices that anybody named, what can trade at the best.
std::int64_t most_that_can_trade(const std::vector<Filled>& bids, const std::vector<Filled>& asks) {
  std::int64_t most = 0;
  for (const auto* side : {&bids, &asks})
    for (const Filled& order : *side)
      most = std::max(most, std::min(goods_at(bids, order.limit, true), goods_at(asks, order.limit, false)));
  return most;
}

/// Limit of the worst order that traded.
double marginal_limit(const std::vector<Filled>& side, bool buying) {
  double limit = buying ? 1e300 : -1e300;
  for (const Filled& order : side)
    if (order.got > 0) limit = buying ? std::min(limit, order.limit) : std::max(limit, order.limit);
  return limit;
}

/// Who is better than the margin gets all, who is worse nothing, and those at it the same share but for a whole good.
void check_shares(const std::vector<Filled>& side, bool buying) {
  const double margin = marginal_limit(side, buying);
  double wanted = 0.0, got = 0.0;
  for (const Filled& order : side) {
    if (order.limit == margin) {
      wanted += static_cast<double>(order.quantity);
      got += static_cast<double>(order.got);
    } else {
      REQUIRE(order.got == ((buying ? order.limit > margin : order.limit < margin) ? order.quantity : 0));
    }
  }
  for (const Filled& order : side)
    if (order.limit == margin)
      REQUIRE(std::abs(static_cast<double>(order.got) - static_cast<double>(order.quantity) * got / wanted) < 1.0);
}

std::vector<Filled> random_side(std::mt19937& generator, bool many_ties) {
  std::vector<Filled> side(generator() % 9);
  for (Filled& order : side)
    order = {.limit = many_ties ? 10.0 + static_cast<double>(generator() % 4)
                                : 10.0 + 5.0 * (static_cast<double>(generator()) / 4294967296.0),
             .quantity = static_cast<std::int64_t>(generator() % 8)};
  return side;
}

TEST_CASE("the laws of the auction hold for the goods and the money of 2000 random books against brute force") {
  std::mt19937 generator(11);
  MarketAccounts accounts(1);
  const Eigen::Index clearing = accounts.open(1, *models::find_currency("CNY"));
  const Eigen::Index buyers = accounts.open(8, *models::find_currency("CNY"));
  const Eigen::Index sellers = accounts.open(8, *models::find_currency("CNY"));
  int traded = 0, shared = 0;
  SpotBook book;
  for (int trial = 0; trial < 2000; ++trial) {
    CAPTURE(trial);
    auto bids = random_side(generator, trial % 4 != 0);
    auto asks = random_side(generator, trial % 4 != 0);
    for (std::size_t i = 0; i < asks.size(); ++i)
      accounts.make(sellers + static_cast<Eigen::Index>(i), 0, asks[i].quantity);
    const auto enter = [&](std::vector<Filled>& side, Eigen::Index first, bool buying) {
      for (std::size_t i = 0; i < side.size(); ++i) {
        const Eigen::Index holder = first + static_cast<Eigen::Index>(i);
        side[i].got = (buying ? -1 : 1) * accounts.goods(holder, 0);
        side[i].paid = accounts.money(holder).ten_thousandths;
        const models::AuctionOrder order{.limit = side[i].limit, .quantity = side[i].quantity};
        if (buying) book.bid(holder, order);
        if (!buying) book.ask(holder, order);
      }
    };
    enter(bids, buyers, true);
    enter(asks, sellers, false);
    const SpotBook::Day day = book.settle(accounts, clearing, 0, 12.0);
    const std::int64_t price = std::llround(day.price * 10'000.0);
    const auto leave = [&](std::vector<Filled>& side, Eigen::Index first, bool buying) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < side.size(); ++i) {
        const Eigen::Index holder = first + static_cast<Eigen::Index>(i);
        side[i].got += (buying ? 1 : -1) * accounts.goods(holder, 0);
        side[i].paid -= accounts.money(holder).ten_thousandths;
        REQUIRE(side[i].got >= 0);
        REQUIRE(side[i].got <= side[i].quantity);
        REQUIRE(side[i].paid == (buying ? 1 : -1) * price * side[i].got);
        sum += side[i].got;
      }
      REQUIRE(sum == day.volume);
    };
    leave(bids, buyers, true);
    leave(asks, sellers, false);
    accounts.check();
    REQUIRE(accounts.goods(clearing, 0) == 0);
    REQUIRE(accounts.money(clearing).ten_thousandths == 0);
    REQUIRE(day.volume == most_that_can_trade(bids, asks));
    if (day.volume == 0) continue;
    // Nobody trades at a loss, and the price lies where neither side would rather leave.
    REQUIRE(day.price <= marginal_limit(bids, true) + half_a_ten_thousandth);
    REQUIRE(day.price >= marginal_limit(asks, false) - half_a_ten_thousandth);
    check_shares(bids, true);
    check_shares(asks, false);
    const auto part = [](const Filled& order) { return order.got > 0 && order.got < order.quantity; };
    ++traded;
    shared += std::ranges::count_if(bids, part) + std::ranges::count_if(asks, part) >= 2 ? 1 : 0;
  }
  // The books had in them what was to be held against the laws.
  CHECK(traded > 1000);
  CHECK(shared > 200);
}

}  // namespace
}  // namespace chokepoint::sim
