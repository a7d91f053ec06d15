#include "sim/market/spot_book.hpp"

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

}  // namespace
}  // namespace chokepoint::sim
