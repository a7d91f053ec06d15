#include "sim/market/contract_book.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

ServerContract agreed(std::int64_t quantity, double price) {
  return {.signed_day = 1, .due_day = 30, .price = models::Money::from_units(price), .quantity = quantity};
}

TEST_CASE("of contracts the oldest is delivered first and the newest is cancelled first") {
  ContractBook book(1);
  book.sign(agreed(10, 100.0));
  book.sign(agreed(10, 120.0));
  const auto first = book.deliver({.quantity = 12, .spot_price = 200.0, .day = 40}, {});
  CHECK(first.delivered == 12);
  CHECK(first.price.units() == 10 * 100.0 + 2 * 120.0);
  CHECK(first.penalty.units() == 0.0);
  book.cancel(0, 0, 3);
  book.leave_undelivered(0, 0, 5);
  const auto& contracts = book.contracts();
  CHECK(contracts[0].open() == 0);
  CHECK(contracts[0].last_delivery_day == 40);
  CHECK(contracts[1].delivered == 2);
  CHECK(contracts[1].cancelled == 3);
  CHECK(contracts[1].undelivered == 5);
  CHECK(contracts[1].open() == 0);
  CHECK_THROWS_AS(book.cancel(0, 0, 1), models::ContractViolation);
}

TEST_CASE("contracts that are closed leave their place where none are kept") {
  ContractBook kept(1);
  ContractBook reused(1, false);
  for (ContractBook* book : {&kept, &reused})
    for (int day = 0; day < 50; ++day) {
      book->sign(agreed(10, 100.0 + day));
      if (day > 0)
        CHECK(book->deliver({.quantity = 10, .spot_price = 1.0, .day = day}, {}).price.units() ==
              10 * (100.0 + day - 1));
    }
  CHECK(kept.contracts().size() == 50);
  CHECK(reused.contracts().size() == 2);
}

// Gain of a breach 200 - 100 x 1.2 = 80; with a reputation worth the price, 80 / (2 x 100) of the goods are kept.
TEST_CASE("a maker keeps back what gain and reputation say and owes the penalty for it") {
  ContractBook book(1);
  book.sign(agreed(10, 100.0));
  const auto handover = book.deliver({.quantity = 10, .spot_price = 200.0, .day = 40},
                                     BreachTerms{.penalty_share = 0.2, .reputation = 1.0});
  CHECK(handover.kept_back == 4);
  CHECK(handover.delivered == 6);
  CHECK(handover.price.units() == 600.0);
  CHECK(handover.penalty.units() == 4 * 20.0);
  CHECK(book.contracts()[0].penalty.units() == 80.0);

  ContractBook cheap(1);
  cheap.sign(agreed(10, 100.0));
  CHECK(cheap
            .deliver({.quantity = 10, .spot_price = 119.0, .day = 40},
                     BreachTerms{.penalty_share = 0.2, .reputation = 0.0})
            .kept_back == 0);
  ContractBook dear(1);
  dear.sign(agreed(10, 100.0));
  CHECK(dear.deliver({.quantity = 10, .spot_price = 121.0, .day = 40},
                     BreachTerms{.penalty_share = 0.2, .reputation = 0.0})
            .kept_back == 10);
}

}  // namespace
}  // namespace chokepoint::sim
