#include <cmath>
#include <optional>

#include <doctest/doctest.h>

#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

// Variants that a maker brings once a rule bars what it sells.

namespace chokepoint::sim {
namespace {

constexpr std::int64_t rule_day = 300;
constexpr std::int64_t respin_days = 45;
constexpr std::size_t variant = 2;

/// Two markets and a rule that bars the first card from China; a third answers it.
MarketSpec with_variant(int announced, int notice = 0) {
  MarketSpec spec = tests::two_markets();
  spec.shocks = {tests::rule_on(spec, "A800", announced)};
  spec.shocks[0].effective += std::chrono::days(notice);
  spec.products.push_back({.name = "H20",
                           .form = "card",
                           .compute = 0.9,
                           .respin = Respin{.of = 0, .after = "rule", .days = respin_days},
                           .list_price = {models::Money::from_units(70000.0), std::nullopt}});
  return spec;
}

std::int64_t launch_of(const MarketSpec& spec) {
  return MarketShocks(spec, resolve_shocks(spec.shocks, 1, 0)).launch_day(variant);
}

TEST_CASE("a variant is launched its delay after the announcement of its rule and never without it") {
  CHECK(launch_of(with_variant(300)) == 345);
  CHECK(launch_of(with_variant(300, 60)) == 345);
  // Announced before the first day.
  CHECK(launch_of(with_variant(-30)) == 15);
  CHECK(launch_of(with_variant(-100)) == 0);
  MarketSpec none = with_variant(300);
  none.shocks[0].chance = 0.0;
  CHECK(launch_of(none) == MarketShocks::never);
}

/// A vendor whose customers in China and abroad ask for its goods as 30 to 70, up to the morning of the rule.
struct Works {
  explicit Works(MarketSpec with) : spec(std::move(with)), shocks(spec, resolve_shocks(spec.shocks, 1, 0)) {
    spec.vendor.home = 1;
    const Eigen::Index vendor_stock = accounts.open(1, spec.regions[0].currency);
    std::vector<Vendor::RegionHolders> holders;
    for (const MarketRegion& region : spec.regions) {
      const Eigen::Index first = accounts.open(5, region.currency);
      holders.push_back(
          {.cash = first, .escrow = first + 1, .transit = first + 2, .state = first + 3, .makers = first + 4});
    }
    vendor.emplace(Vendor::Setup{.market = spec,
                                 .accounts = accounts,
                                 .shocks = shocks,
                                 .flows = flows,
                                 .stock = vendor_stock,
                                 .regions = std::move(holders)});
    Eigen::ArrayXXd rates = Eigen::ArrayXXd::Zero(2, 3);
    rates(0, 0) = 30.0;
    rates(1, 0) = 70.0;
    vendor->begin_with(rates);
    foundry.begin_with(rates.colwise().sum());
    for (std::int64_t day = 0; day < 10; ++day) {
      vendor->open_day(day, foundry);
      vendor->ask(day, foundry);
    }
  }
  /// In work and in stock.
  [[nodiscard]] std::int64_t goods(std::size_t product) const {
    return foundry.in_work(product) + accounts.goods(0, static_cast<Eigen::Index>(product));
  }

  MarketSpec spec;
  MarketAccounts accounts{3};
  MarketShocks shocks;
  MarketFlows flows{2, 3};
  Foundry foundry{spec.foundry, {1, 1, 1}};
  std::optional<Vendor> vendor;
};

TEST_CASE("what is in work and in stock for the region that a rule bars becomes the variant and nothing else does") {
  const auto converted = [](std::vector<std::string> regions, int notice) {
    MarketSpec spec = with_variant(10, notice);
    spec.shocks[0].target.regions = std::move(regions);
    Works works(std::move(spec));
    const std::int64_t before = works.goods(0);
    REQUIRE(before > 5000);
    REQUIRE(works.accounts.goods(0, 0) > 500);
    const std::int64_t others = works.goods(1);
    works.vendor->open_day(10, works.foundry);
    works.accounts.check();
    CHECK(works.goods(0) + works.goods(variant) == before);
    CHECK(works.goods(1) == others);
    return static_cast<double>(works.goods(variant)) / static_cast<double>(before);
  };
  CHECK(converted({"CN"}, 0) == doctest::Approx(0.3).epsilon(0.001));
  // In force before the variant is there, and after.
  CHECK(converted({"CN"}, 45) == doctest::Approx(0.3).epsilon(0.001));
  CHECK(converted({"CN"}, 46) == 0.0);
}

TEST_CASE("a foundry's conversion moves its share of every day's goods and loses none") {
  Foundry foundry({.capacity = {{0.0, 100.0}}, .cycle_days = 10}, {1, 1});
  for (std::int64_t day = 0; day < 10; ++day)
    foundry.start(day, std::vector<std::int64_t>{7 * day, 0}, std::vector<double>{1.0, 1.0});
  foundry.convert(0, 1, 0.25);
  CHECK(foundry.in_work(0) + foundry.in_work(1) == 7 * 45);
  // Of 315 a quarter, whole ones.
  CHECK(foundry.in_work(1) == 78);
  for (std::int64_t day = 10; day < 20; ++day) {
    const auto finished = foundry.finish(day);
    CHECK(finished[0] + finished[1] == 7 * (day - 10));
    CHECK(std::abs(static_cast<double>(finished[1]) - 0.25 * 7.0 * static_cast<double>(day - 10)) < 1.0);
  }
  foundry.convert(0, 1, 1.0);
  CHECK(foundry.in_work(0) == 0);
}

/// Deliveries of the variant before and from its launch on, those of the parent in China from the rule on, goods of the
/// variant in work and in stock the day before the rule and on its day, and those of the parent.
std::vector<double> course_of(const MarketSpec& spec) {
  return tests::in_child([&] {
    std::vector<double> seen(7);
    tests::run_market({.spec = spec, .days = 500}, [&](const Market& market) {
      market.accounts().check();
      const auto goods = [&](Eigen::Index k) {
        return static_cast<double>(market.supply().foundry_of(k).in_work(static_cast<std::size_t>(k)) +
                                   market.vendor_stock(k));
      };
      seen[market.day() < rule_day + respin_days ? 0 : 1] += market.flows().deliveries.col(variant).sum();
      if (market.day() >= rule_day) seen[2] += market.flows().deliveries(0, 0);
      if (market.day() == rule_day - 1) seen[3] = goods(variant);
      if (market.day() == rule_day) seen[4] = goods(variant);
      seen[5] = market.regions()[0].board.launched[variant];
      seen[6] += goods(variant);
    });
    return seen;
  });
}

TEST_CASE("a region gets the variant from its launch on and the parent no more") {
  const auto seen = course_of(with_variant(rule_day));
  CHECK(seen[0] == 0.0);
  CHECK(seen[1] > 1000.0);
  CHECK(seen[2] == 0.0);
  CHECK(seen[3] == 0.0);
  CHECK(seen[4] > 500.0);
  CHECK(seen[5] == 1.0);
  MarketSpec none = with_variant(rule_day);
  none.shocks[0].chance = 0.0;
  const auto without = course_of(none);
  CHECK(without[1] == 0.0);
  CHECK(without[2] > 1000.0);
  CHECK(without[5] == 0.0);
  CHECK(without[6] == 0.0);
}

}  // namespace
}  // namespace chokepoint::sim
