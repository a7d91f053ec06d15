#include "models/market/trade_restriction.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("one rule with a known date leaves clip((e - t) / H) of a horizon free") {
  for (const double effective : {-10.0, 0.0, 30.0, 179.0, 180.0, 500.0}) {
    const TradeRestriction rule{.branches = {{.effective = effective}}, .reliefs = {}};
    CHECK(legal_share(std::vector{rule}, 0.0, 180.0) == doctest::Approx(std::clamp(effective / 180.0, 0.0, 1.0)));
    CHECK(legal_on(std::vector{rule}, 90.0) == (effective <= 90.0 ? 0.0 : 1.0));
  }
  CHECK(legal_share({}, 0.0, 180.0) == 1.0);
}

TEST_CASE("the share of a horizon equals the mean of its days for random rules") {
  std::mt19937 generator(7);
  const auto below = [&](std::uint32_t count) { return static_cast<double>(generator() % count); };
  for (int world = 0; world < 200; ++world) {
    std::vector<TradeRestriction> rules(1 + generator() % 3);
    for (TradeRestriction& rule : rules) {
      for (int i = 0; i < 2; ++i) {
        const double effective = below(200);
        rule.branches.push_back(
            {.chance = 0.5 * below(101) / 100.0, .effective = effective, .end = effective + below(90)});
      }
      const double from = below(150);
      rule.reliefs.push_back({.from = from, .until = from + below(60), .share = below(101) / 100.0});
    }
    double sum = 0.0;
    for (int day = 20; day < 140; ++day) sum += legal_on(rules, day);
    CHECK(legal_share(rules, 20.0, 120.0) == doctest::Approx(sum / 120.0).epsilon(1e-12));
  }
}

}  // namespace
}  // namespace chokepoint::models
