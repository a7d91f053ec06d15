#include "sim/market/trade_rules.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

TEST_CASE("a stop of trade is known from its announcement on and holds from its date to its end") {
  const TradeRules rules({{.product = 1, .region = 0, .announced_day = 100, .effective_day = 130, .end_day = 200}});
  CHECK(rules.legal({1, 0}, 129));
  CHECK_FALSE(rules.legal({1, 0}, 130));
  CHECK(rules.legal({1, 0}, 200));
  CHECK(rules.legal({0, 0}, 150));
  CHECK(rules.legal({1, 1}, 150));
  CHECK(rules.legal_share({1, 0}, 99, 60.0) == 1.0);
  CHECK(rules.legal_share({1, 0}, 100, 60.0) == 0.5);
  CHECK(rules.legal_share({1, 0}, 140, 120.0) == 0.5);
  CHECK(rules.legal_after({1, 0}, 99, 60.0));
  CHECK_FALSE(rules.legal_after({1, 0}, 100, 30.0));
  CHECK(rules.legal_after({1, 0}, 100, 29.0));
}

TEST_CASE("a notice that is cut is believed until the day on which the cut is known") {
  const TradeRules rules({{.announced_day = 0, .effective_day = 30, .forgotten_day = 6, .in_force = false},
                          {.announced_day = 6, .effective_day = 6}});
  CHECK(rules.legal_share({0, 0}, 5, 50.0) == 0.5);
  CHECK(rules.legal_share({0, 0}, 6, 50.0) == 0.0);
  CHECK(rules.legal({0, 0}, 5));
  CHECK_FALSE(rules.legal({0, 0}, 6));
  CHECK_FALSE(rules.legal({0, 0}, 1000));
}

TEST_CASE("stops that overlap are counted once") {
  const TradeRules rules({{.effective_day = 10, .end_day = 30}, {.effective_day = 20, .end_day = 40}});
  CHECK(rules.legal_share({0, 0}, 0, 60.0) == doctest::Approx(0.5));
}

}  // namespace
}  // namespace chokepoint::sim
