#include <algorithm>

#include <doctest/doctest.h>

#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

// Products whose making has to be learnt claim less of the foundry at first.

namespace chokepoint::sim {
namespace {

constexpr std::int64_t cycle = 60;

/// Share of the second product in what is in work on a day, of two that could both take all of the foundry: the mean of
/// its share in what a cycle started, by claims of 1 and of 2 that grow from day 100 to day 300.
double share_by_claims(std::int64_t day) {
  double share = 0.0;
  for (std::int64_t start = day - cycle + 1; start <= day; ++start) {
    const double claim = 2.0 * std::clamp(static_cast<double>(start - 100) / 200.0, 0.0, 1.0);
    share += claim / (1.0 + claim) / static_cast<double>(cycle);
  }
  return share;
}

TEST_CASE("a product whose making is learnt takes the share of a short foundry that its growing claim gives") {
  const auto shares = tests::in_child([] {
    MarketSpec spec = tests::small_market();
    spec.foundry = {.capacity = {{.day = 0.0, .level = 40.0}}, .cycle_days = cycle};
    spec.products[1].mix = 2.0;
    spec.products[1].ramp = ProductionRamp{.from = 100.0, .until = 300.0};
    std::vector<double> seen;
    tests::run_market({.spec = spec, .days = 420}, [&](const Market& market) {
      const auto in_work = [&](std::size_t k) {
        return static_cast<double>(market.supply().foundry_of(static_cast<Eigen::Index>(k)).in_work(k));
      };
      seen.push_back(in_work(1) / (in_work(0) + in_work(1)));
    });
    return seen;
  });
  CHECK(shares[90] == 0.0);
  for (const std::size_t day : {150, 200, 300, 400}) {
    CAPTURE(day);
    CHECK(shares[day] == doctest::Approx(share_by_claims(static_cast<std::int64_t>(day))).epsilon(0.01));
  }
}

}  // namespace
}  // namespace chokepoint::sim
