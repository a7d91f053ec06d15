#include "sim/market/whole_goods.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

TEST_CASE("whole goods sum to what was meant within one") {
  WholeGoods whole(2, 1);
  for (Eigen::Index agent : {0, 1}) {
    RandomStream chance(1, 0, agent == 0 ? "one" : "other");
    whole.begin(agent, chance);
  }
  RandomStream sizes(2, 0, "sizes");
  double meant = 0.0;
  std::int64_t taken = 0;
  for (int day = 0; day < 10'000; ++day) {
    const double quantity = 3.0 * sizes.uniform() * sizes.uniform();
    meant += quantity;
    const std::int64_t goods = whole.of(0, 0, quantity);
    CHECK(goods >= 0);
    taken += goods;
    REQUIRE(std::abs(static_cast<double>(taken) - meant) <= 1.0);
  }
  CHECK(whole.of(1, 0, 0.0) == 0);
}

}  // namespace
}  // namespace chokepoint::sim
