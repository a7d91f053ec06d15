#include <functional>
#include <vector>

#include <doctest/doctest.h>

#include "sim/market/market.hpp"
#include "sim/market/paired_seeds.hpp"
#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

// What changes of one thing do to a market, on shared draws over many seeds: each seed is its own pair.

namespace chokepoint::sim {
namespace {

constexpr std::int64_t announced = 600;

struct Seen {
  /// On a day a month after the announcement, of the first product.
  double price = 0.0;
  /// Sums over the run, of all products.
  double undelivered = 0.0;
  double orders = 0.0;
  double cancelled = 0.0;
  /// At the end.
  double backlog = 0.0;
};

Seen see(const MarketSpec& spec, std::uint64_t seed, std::int64_t days = announced + 31) {
  const auto values = tests::in_child([&] {
    Seen seen;
    tests::run_market({.spec = spec, .days = days, .seed = seed}, [&](const Market& market) {
      if (market.day() == announced + 30) seen.price = market.regions()[0].board.spot[0];
      seen.undelivered += market.flows().undelivered.sum();
      seen.orders += market.flows().orders.sum();
      seen.cancelled += market.flows().cancellations.sum();
      seen.backlog = 0.0;
      for (std::size_t k = 0; k < market.spec().products.size(); ++k)
        seen.backlog +=
            static_cast<double>(market.supply().of(static_cast<Eigen::Index>(k)).backlog({.product = k, .region = 0}));
    });
    return std::vector<double>{seen.price, seen.undelivered, seen.orders, seen.cancelled, seen.backlog};
  });
  return {values[0], values[1], values[2], values[3], values[4]};
}

MarketSpec with_ban(std::int64_t notice_days) {
  MarketSpec spec = tests::small_market();
  const auto day = spec.first_day + std::chrono::days(announced);
  spec.shocks = {{.name = "ban",
                  .kind = ShockKind::import_stop,
                  .announced = day,
                  .effective = day + std::chrono::days(notice_days)}};
  return spec;
}

/// Of a figure between two markets.
tests::PairedChange difference(const MarketSpec& one, const MarketSpec& other,
                               const std::function<double(const Seen&)>& figure, std::int64_t days = announced + 31) {
  return tests::paired_change(
      [&](std::uint64_t seed) { return figure(see(other, seed, days)) - figure(see(one, seed, days)); });
}

bool rises(const tests::PairedChange& change) {
  return change.rises();
}

TEST_CASE("a shorter notice brings a higher price a month after the announcement and leaves more orders undelivered" *
          doctest::test_suite("heavy")) {
  const auto price = [](const Seen& seen) { return seen.price; };
  const auto undelivered = [](const Seen& seen) { return seen.undelivered; };
  CHECK(rises(difference(with_ban(90), with_ban(30), price)));
  CHECK(rises(difference(with_ban(30), with_ban(0), price)));
  CHECK(rises(difference(tests::small_market(), with_ban(90), price)));
  CHECK(rises(difference(with_ban(30), with_ban(6), undelivered)));
  CHECK(rises(difference(with_ban(6), with_ban(0), undelivered)));
}

TEST_CASE("a larger deposit leaves less phantom demand and uniform allocation none" * doctest::test_suite("heavy")) {
  MarketSpec market = tests::small_market();
  for (BuyerCohort& buyers : market.buyers) buyers.inflation = 3.0;
  const auto with_deposit = [&](double share) {
    MarketSpec spec = market;
    spec.vendor.deposit_share = share;
    return spec;
  };
  const auto ordered = [](const Seen& seen) { return seen.orders; };
  CHECK(rises(difference(with_deposit(0.3), with_deposit(0.0), ordered, 700)));
  CHECK(rises(difference(with_deposit(1.0), with_deposit(0.3), ordered, 700)));
  MarketSpec uniform = market;
  uniform.vendor.allocation = AllocationRule::uniform;
  CHECK(rises(difference(uniform, market, ordered, 700)));
}

TEST_CASE("an outage makes goods dearer and a demand surge too and more capacity cheaper" *
          doctest::test_suite("heavy")) {
  const auto price = [](const Seen& seen) { return seen.price; };
  const auto with = [](ShockKind kind, double size) {
    MarketSpec spec = tests::small_market();
    const auto day = spec.first_day + std::chrono::days(450);
    spec.shocks = {{.name = "shock", .kind = kind, .announced = day, .effective = day, .size = size}};
    return spec;
  };
  const MarketSpec none = tests::small_market();
  CHECK(rises(difference(none, with(ShockKind::foundry_outage, 0.5), price)));
  CHECK(rises(difference(none, with(ShockKind::demand_surge, 1.5), price)));
  CHECK(rises(difference(with(ShockKind::capacity_ramp, 2.0), none, price)));
  CHECK(rises(difference(with(ShockKind::financing_stop, 0.4), none, price)));
  CHECK(rises(difference(with(ShockKind::power_curtailment, 0.4), none, price)));
}

}  // namespace
}  // namespace chokepoint::sim
