#include <cmath>

#include <doctest/doctest.h>

#include "sim/market/paired_seeds.hpp"
#include "sim/market/shock_texts.hpp"
#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

// Makers beside the first: domestic ones, whose goods cross no border, and their ecosystems.

namespace chokepoint::sim {
namespace {

constexpr std::size_t domestic = 2;

/// Two markets, and in China a maker of its own with a card for that country alone.
MarketSpec with_domestic_maker() {
  MarketSpec spec = tests::two_markets();
  spec.other_makers = {{.name = "home",
                        .foundry = {.capacity = {{.day = 0.0, .level = 100.0}}, .cycle_days = 40},
                        .vendor = {.home = 0, .transit_days = 2}}};
  spec.products.push_back(
      {.name = "910B", .form = "card", .maker = 1, .list_price = {models::Money::from_units(80000.0), std::nullopt}});
  return spec;
}

TEST_CASE("goods of a domestic maker meet no rule of export and those of others do") {
  MarketSpec spec = with_domestic_maker();
  spec.shocks = {tests::rule_on(spec, "A800", 100)};
  spec.shocks[0].target.products = {"A800", "A100", "910B"};
  const MarketShocks shocks(spec, resolve_shocks(spec.shocks, 1, 0));
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(shocks.legal({.product = k, .region = 0}, 99) == 1.0);
    CHECK(shocks.legal({.product = k, .region = 0}, 100) == (k == domestic ? 1.0 : 0.0));
    CHECK(shocks.legal_after({.product = k, .region = 0}, 100, 10.0) == (k == domestic ? 1.0 : 0.0));
    CHECK(shocks.legal({.product = k, .region = 1}, 100) == 1.0);
  }
  const auto after = tests::in_child([&] {
    std::vector<double> deliveries(3);
    tests::run_market({.spec = spec, .days = 300}, [&](const Market& market) {
      market.accounts().check();
      for (Eigen::Index k = 0; k < 3 && market.day() >= 100; ++k)
        deliveries[static_cast<std::size_t>(k)] += market.flows().deliveries(0, k);
    });
    return deliveries;
  });
  CHECK(after[0] == 0.0);
  CHECK(after[1] == 0.0);
  CHECK(after[2] > 1000.0);
}

TEST_CASE("an outage that names what one maker makes leaves the capacity of the other alone") {
  MarketSpec spec = with_domestic_maker();
  spec.shocks = tests::read_shocks(R"([{"name": "fire", "kind": "foundry-outage", "announced": "2022-01-11",
    "products": ["A800"], "size": 0.75}, {"name": "line", "kind": "capacity-ramp", "announced": "2022-01-21",
    "products": ["910B"], "size": 2}])");
  const auto capacity = tests::in_child([&] {
    std::vector<double> seen;
    tests::run_market({.spec = spec, .days = 30}, [&](const Market& market) {
      if (market.day() % 10 != 5) return;
      for (const Eigen::Index k : {0, 2})
        seen.push_back(market.supply().foundry_of(k).capacity_at(static_cast<double>(market.day())));
    });
    return seen;
  });
  CHECK(capacity == std::vector<double>{300.0, 100.0, 75.0, 100.0, 75.0, 200.0});
}

TEST_CASE("a product is worth its compute over one and what is left of the cost of moving to its ecosystem") {
  constexpr double cost = 1.5, half_life = 4e5;
  MarketSpec spec = with_domestic_maker();
  spec.products[domestic].switching = Switching{.cost = cost, .half_life_gpu_years = half_life};
  spec.products[domestic].compute = 2.0;
  spec.products[domestic].gpus = 8;
  spec.products[domestic].list_price[0] = models::Money::from_units(64000.0);
  const auto seen = tests::in_child([&] {
    double gpu_years = 0.0, worst = 0.0, halved_on = 0.0, first = 0.0, last = 0.0;
    tests::run_market({.spec = spec, .days = 700}, [&](const Market& market) {
      const Market::Region& region = market.regions()[0];
      // Today's worth is that of the use until yesterday.
      const double expected = 2.0 / (1.0 + cost * std::exp2(-gpu_years / half_life));
      last = region.board.effective[domestic];
      if (market.day() == 0) first = last;
      worst = std::max(worst, std::abs(last / expected - 1.0));
      if (halved_on == 0.0 && gpu_years >= half_life) halved_on = last;
      gpu_years += 8.0 * static_cast<double>(region.agents[0]->stock(domestic)) / 365.25;
      if (region.board.effective[0] != 1.0 || market.regions()[1].board.effective[domestic] != 2.0 / (1.0 + cost))
        throw std::runtime_error("worth changed where nobody learned");
    });
    return std::vector<double>{first, worst, halved_on, last};
  });
  CHECK(seen[0] == 2.0 / 2.5);
  CHECK(seen[1] < 1e-12);
  CHECK(seen[2] == doctest::Approx(2.0 / 1.75).epsilon(0.02));
  CHECK(seen[3] > seen[2]);
}

TEST_CASE("what a maker's older products taught counts for its new one and a lone maker's too") {
  MarketSpec spec = tests::small_market();
  spec.products[1].switching = Switching{.cost = 1.0, .half_life_gpu_years = 2e4};
  const auto seen = tests::in_child([&] {
    double gpu_years = 0.0;
    std::vector<double> values;
    tests::run_market({.spec = spec, .days = 20}, [&](const Market& market) {
      const auto& region = market.regions()[0];
      if (market.day() == 19)
        values = {region.board.effective[1], 1.1 / (1.0 + std::exp2(-gpu_years / 2e4)), region.board.effective[0]};
      for (Eigen::Index k = 0; k < 2; ++k) gpu_years += static_cast<double>(region.agents[0]->stock(k)) / 365.25;
    });
    return values;
  });
  CHECK(seen[0] == doctest::Approx(seen[1]).epsilon(1e-12));
  CHECK(seen[0] > 0.6);
  CHECK(seen[2] == 1.0);
}

TEST_CASE("a domestic maker delivers more and a larger share once a rule bars a rival" * doctest::test_suite("heavy")) {
  constexpr int ban = 400;
  const auto delivered = [](std::uint64_t seed, bool banned) {
    return tests::in_child([&] {
      MarketSpec spec = with_domestic_maker();
      // So that more can come of it.
      spec.other_makers[0].foundry.capacity[0].level = 400.0;
      if (banned) spec.shocks = {tests::rule_on(spec, "A800", ban)};
      double all = 0.0, own = 0.0;
      tests::run_market({.spec = spec, .days = ban + 200, .seed = seed}, [&](const Market& market) {
        if (market.day() < ban + 50) return;
        all += market.flows().deliveries.row(0).sum();
        own += market.flows().deliveries(0, domestic);
      });
      return std::vector<double>{own, own / all};
    });
  };
  std::vector<double> shares;
  const auto more = tests::paired_change(
      [&](std::uint64_t seed) {
        const auto with = delivered(seed, true);
        const auto without = delivered(seed, false);
        shares.push_back(with[1] - without[1]);
        return with[0] - without[0];
      },
      8);
  CHECK(more.rises());
  CHECK(tests::paired_change([&](std::uint64_t seed) { return shares[seed - 1]; }, 8).rises());
}

}  // namespace
}  // namespace chokepoint::sim
