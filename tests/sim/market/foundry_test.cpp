#include "sim/market/foundry.hpp"

#include <array>
#include <numeric>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

TEST_CASE("a foundry finishes what it started a cycle before and starts no more than its capacity") {
  Foundry foundry({.capacity = {{0.0, 10.5}, {100.0, 20.5}}, .cycle_days = 7}, {1, 1});
  std::vector<std::int64_t> started;
  const std::array<double, 2> claims{3.0, 1.0};
  for (std::int64_t day = 0; day < 300; ++day) {
    const auto finished = foundry.finish(day);
    const std::int64_t all = std::accumulate(finished.begin(), finished.end(), std::int64_t{0});
    REQUIRE(all == (day < 7 ? 0 : started[static_cast<std::size_t>(day - 7)]));
    const std::int64_t before = foundry.in_work(0) + foundry.in_work(1);
    foundry.start(day, std::array<std::int64_t, 2>{1000, day < 150 ? 1000 : 0}, claims);
    started.push_back(foundry.in_work(0) + foundry.in_work(1) - before);
  }
  // 10.5 and, on the line to 20.5, 15.5 and 20.5: the half good is carried to the next day.
  CHECK(started[0] == 10);
  CHECK(started[1] == 11);
  CHECK(started[50] + started[51] == 31);
  CHECK(started[200] + started[201] == 41);
  CHECK(foundry.in_work(1) == 0);
}

TEST_CASE("short capacity is shared by the claims of products") {
  Foundry foundry({.capacity = {{0.0, 40.0}}, .cycle_days = 5}, {1, 1});
  foundry.start(0, std::array<std::int64_t, 2>{100, 100}, std::array<double, 2>{3.0, 1.0});
  CHECK(foundry.in_work(0) == 30);
  CHECK(foundry.in_work(1) == 10);
}

TEST_CASE("an outage starts the share that is left") {
  Foundry foundry({.capacity = {{0.0, 40.0}}, .cycle_days = 5}, {1});
  foundry.scale_capacity(0.25);
  foundry.start(0, std::array<std::int64_t, 1>{100}, std::array<double, 1>{1.0});
  CHECK(foundry.in_work(0) == 10);
}

TEST_CASE("goods of several GPUs take as many of the capacity and none is lost between days") {
  Foundry foundry({.capacity = {{0.0, 21.0}}, .cycle_days = 50}, {1, 8});
  for (std::int64_t day = 0; day < 40; ++day)
    foundry.start(day, std::array<std::int64_t, 2>{1000, 1000}, std::array<double, 2>{1.0, 1.0});
  CHECK(foundry.in_work(0) + 8 * foundry.in_work(1) <= 840);
  CHECK(foundry.in_work(0) + 8 * foundry.in_work(1) > 840 - 8);
  CHECK(foundry.in_work(1) >= 50);
}

}  // namespace
}  // namespace chokepoint::sim
