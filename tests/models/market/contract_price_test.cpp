#include "models/market/contract_price.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("a contract costs list price and margin and a part of what the spot price lies higher") {
  const ContractTerms terms{.margin = 0.25, .pass_through = 0.5};
  CHECK(contract_price(terms, 80.0, 50.0) == 100.0);
  CHECK(contract_price(terms, 80.0, 100.0) == 100.0);
  CHECK(contract_price(terms, 80.0, 140.0) == 120.0);
  CHECK(contract_price({}, 80.0, 140.0) == 80.0);
}

}  // namespace
}  // namespace chokepoint::models
