#include <algorithm>

#include <doctest/doctest.h>

#include "sim/market/paired_seeds.hpp"
#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

// Buyers who sell what they no longer want.

namespace chokepoint::sim {
namespace {

constexpr Eigen::Index shrinking_buyers = 40;
/// Two of the vendor's holders and seven of the region come before the first buyer.
constexpr Eigen::Index first_buyer = 9;
constexpr Eigen::Index brokers_of_region = 8;

/// Nobody but buyers sells, nothing wears out, and the revenue of the first cohort falls by 60 % on day 100.
MarketSpec shrinking_market(std::optional<double> loss) {
  MarketSpec spec = tests::small_market();
  spec.dealers.clear();
  spec.buyers = {{.name = "shrinking",
                  .count = shrinking_buyers,
                  .revenue = {{0.0, 1e10}, {100.0, 1e10}, {101.0, 4e9}},
                  .life_days = 1'000'000'000,
                  .lag_spread_days = 0.0,
                  .direct_share = 0.0,
                  .resale_loss = loss},
                 {.name = "growing",
                  .count = 40,
                  .revenue = {{0.0, 1e10}, {100.0, 1e10}, {300.0, 2e10}},
                  .life_days = 1'000'000'000,
                  .direct_share = 0.0}};
  return spec;
}

/// Goods sold by the shrinking cohort before and after its fall and what brokers have in the end; holds every trade's
/// money against what it should be.
std::vector<double> sales_of(std::optional<double> loss) {
  return tests::in_child([loss] {
    double before = 0.0, after = 0.0;
    std::int64_t brokers = 0, owed = 0;
    std::vector<std::int64_t> money(shrinking_buyers);
    MarketCounts goods;
    tests::run_market({.spec = shrinking_market(loss), .days = 300}, [&](const Market& market) {
      const MarketAccounts& accounts = market.accounts();
      accounts.check();
      for (Eigen::Index i = 0; i < shrinking_buyers && market.day() > 0; ++i) {
        const Eigen::Index holder = first_buyer + i;
        std::int64_t earned = 0;
        for (Eigen::Index k = 0; k < accounts.products(); ++k) {
          const std::int64_t sold = goods(holder, k) - accounts.goods(holder, k);
          const double price = market.regions()[0].board.spot[k];
          earned += models::Money::from_units(price).ten_thousandths * sold;
          if (sold <= 0) continue;
          const auto fee = models::Money::from_units(loss.value_or(0.0) * price * static_cast<double>(sold));
          earned -= fee.ten_thousandths;
          owed += fee.ten_thousandths;
          (market.day() < 100 ? before : after) += static_cast<double>(sold);
        }
        const std::int64_t change = accounts.money(holder).ten_thousandths - money[static_cast<std::size_t>(i)];
        if (change != earned) throw std::runtime_error("a seller does not get the price less the loss");
      }
      for (Eigen::Index i = 0; i < shrinking_buyers; ++i)
        money[static_cast<std::size_t>(i)] = accounts.money(first_buyer + i).ten_thousandths;
      goods = accounts.goods();
      brokers = accounts.money(brokers_of_region).ten_thousandths;
      if (brokers != owed) throw std::runtime_error("brokers do not get the rest");
    });
    return std::vector<double>{before, after, static_cast<double>(brokers) / 1e4};
  });
}

TEST_CASE("buyers whose revenue falls sell and get the price less the loss and brokers get the rest") {
  const auto sales = sales_of(0.1);
  // At 40 % of the revenue they want 40 % of some 340,000 goods at the price of before, and more as it falls.
  CHECK(sales[1] > 3000.0);
  CHECK(sales[0] < 0.05 * sales[1]);
  CHECK(sales[2] > 0.1 * 20000.0 * sales[1]);
  const auto free = sales_of(0.0);
  CHECK(free[1] > sales[1]);
  CHECK(free[2] == 0.0);
}

TEST_CASE("nobody sells second hand who would lose all of the price or never sells") {
  for (const auto& loss : {std::optional<double>(1.0), std::optional<double>()}) {
    const auto sales = sales_of(loss);
    CHECK(sales[0] + sales[1] == 0.0);
    CHECK(sales[2] == 0.0);
  }
}

TEST_CASE("goods that nobody has money for fall second hand to a fiftieth of the list price and no further") {
  const auto least = tests::in_child([] {
    MarketSpec spec = tests::small_market();
    spec.dealers.clear();
    spec.buyers[0].resale_loss = 0.1;
    const auto day = spec.first_day + std::chrono::days(100);
    spec.shocks = {
        {.name = "stop", .kind = ShockKind::financing_stop, .announced = day, .effective = day, .size = 1.0}};
    double lowest = 1e9;
    tests::run_market({.spec = spec, .days = 300}, [&](const Market& market) {
      market.accounts().check();
      lowest = std::min(lowest, market.regions()[0].board.spot[0]);
    });
    return std::vector<double>{lowest};
  })[0];
  CHECK(least >= 0.02 * 80000.0);
  CHECK(least < 0.021 * 80000.0);
}

TEST_CASE("the price falls further where buyers sell what they no longer want" * doctest::test_suite("heavy")) {
  const auto price = [](std::uint64_t seed, std::optional<double> loss) {
    return tests::in_child([&] {
      MarketSpec spec = tests::small_market();
      spec.buyers[0].revenue = {{0.0, 2e10}, {365.0, 2e10}, {395.0, 8e9}};
      spec.buyers[0].resale_loss = loss;
      double last = 0.0;
      tests::run_market({.spec = spec, .days = 500, .seed = seed},
                        [&](const Market& market) { last = market.regions()[0].board.spot[0]; });
      return std::vector<double>{last};
    })[0];
  };
  CHECK(tests::paired_change([&](std::uint64_t seed) { return price(seed, {}) - price(seed, 0.1); }, 8).rises());
}

}  // namespace
}  // namespace chokepoint::sim
