#include "sim/market/last_days.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

TEST_CASE("the last days are remembered and those before them are not") {
  LastDays<int> days(3);
  for (int day = 0; day < 20; ++day) {
    days.push(day);
    CHECK(days.last() == day);
    for (int back = 0; back <= 3; ++back) CHECK(days.ago(static_cast<std::size_t>(back)) == std::max(0, day - back));
  }
  CHECK(days.size() == 4);
  CHECK_THROWS_AS((void)days.ago(4), models::ContractViolation);
}

}  // namespace
}  // namespace chokepoint::sim
