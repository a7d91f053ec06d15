#include "sim/market/importers.hpp"

#include <optional>

#include <doctest/doctest.h>

#include "sim/market/small_market.hpp"

namespace chokepoint::sim {
namespace {

/// Importers between a spot market abroad, where a card costs 10,000 dollars, and one at home, in yuan.
struct Quay {
  explicit Quay(ImporterCohort cohort, std::vector<ShockSpec> rules = {})
      : spec(spec_of(std::move(rules))), shocks(spec, resolve_shocks(spec.shocks, 1, 0)) {
    cohort.from = 1;
    first = accounts.open(6, spec.regions[1].currency);
    first_at_home = accounts.open(4, spec.regions[0].currency);
    accounts.make(first + 4, 0, 1'000'000);
    for (MarketBoard* board : {&abroad, &home})
      board->spot = board->launched = board->effective = Eigen::ArrayXd::Ones(1);
    abroad.spot[0] = price_abroad;
    importers.emplace(Importers::Setup{.cohort = cohort,
                                       .accounts = accounts,
                                       .shocks = shocks,
                                       .flows = flows,
                                       .from = abroad,
                                       .to = home,
                                       .buyer = first,
                                       .transit = first + 1,
                                       .exchange_from = first + 2,
                                       .seller = first_at_home,
                                       .exchange_to = first_at_home + 1,
                                       .lost = first + 3});
  }
  static MarketSpec spec_of(std::vector<ShockSpec> rules) {
    MarketSpec spec = tests::two_markets();
    spec.products.resize(1);
    spec.shocks = std::move(rules);
    return spec;
  }
  /// Abroad any number may be bought, or, where they are to sell there, sold; at home `wanted` at the price.
  void day(std::int64_t date, double price_at_home, std::int64_t wanted = 0, bool selling_abroad = false) {
    flows.clear();
    importers->arrive(date);
    abroad.day = home.day = date;
    home.spot[0] = price_at_home;
    const models::AuctionOrder other{.limit = selling_abroad ? price_abroad : asked_abroad, .quantity = 10'000};
    std::vector<SpotBook> books(1);
    importers->quote_abroad(books);
    if (selling_abroad) books[0].bid(first + 4, other);
    if (!selling_abroad) books[0].ask(first + 4, other);
    const std::int64_t before = importers->stock_abroad(0);
    books[0].settle(accounts, first + 5, 0, price_abroad);
    bought = importers->stock_abroad(0) - before;
    importers->send();
    importers->quote_at_home(books);
    books[0].bid(first_at_home + 2, {.limit = price_at_home, .quantity = wanted});
    sales += books[0].settle(accounts, first_at_home + 3, 0, price_at_home).volume;
    importers->take_home();
    accounts.check();
  }
  [[nodiscard]] double imported() const { return flows.imports(0, 0); }

  static constexpr double price_abroad = 10000.0;
  /// What sellers there take.
  double asked_abroad = price_abroad;
  MarketSpec spec;
  MarketAccounts accounts{1};
  MarketShocks shocks;
  MarketFlows flows{2, 1};
  MarketBoard abroad, home;
  Eigen::Index first = 0, first_at_home = 0;
  std::optional<Importers> importers;
  /// Of the last day, and goods sold at home on all.
  std::int64_t bought = 0, sales = 0;
};

constexpr std::int64_t days_in_transit = 10;

ImporterCohort with_loss(double loss, bool grey) {
  return {.name = "i", .capital = 1e8, .premium = 0.2, .transit_days = days_in_transit, .loss = loss, .grey = grey};
}

TEST_CASE("importers buy only where the price at home less loss is above that abroad and their premium") {
  // 10,000 dollars at 7 yuan, 20 % on top, after 10 % that is lost.
  const double least = 10000.0 * 7.0 * 1.2 / 0.9;
  Quay quay(with_loss(0.1, true));
  quay.day(0, least - 1.0);
  CHECK(quay.bought == 0);
  quay.day(7, least + 1.0);
  // A quarter of the capital at 70,000.5 yuan apiece.
  CHECK(quay.bought == 357);
  CHECK(quay.accounts.money(quay.first).units() == -357 * 10000.0);
  quay.day(8, 2.0 * least);
  CHECK(quay.bought == 0);
}

TEST_CASE("importers bid for their week's lot until they have spent it") {
  Quay quay(with_loss(0.0, true));
  quay.asked_abroad = 11000.0;
  quay.day(0, 150000.0);
  CHECK(quay.bought == 0);
  quay.asked_abroad = Quay::price_abroad;
  // As many as it pays for at 2 % above the price; then what was saved.
  quay.day(1, 150000.0);
  CHECK(quay.bought == 350);
  quay.day(2, 150000.0);
  CHECK(quay.bought == 7);
  quay.day(3, 150000.0);
  CHECK(quay.bought == 0);
}

TEST_CASE("importers reckon with the exchange rate of the day in what they buy and in what they take home") {
  ShockSpec shock{.name = "fall", .kind = ShockKind::exchange_rate};
  shock.announced = shock.effective = tests::small_market().first_day + std::chrono::days(7);
  shock.currency = *models::find_currency("USD");
  shock.size = 6.0 / 7.0;
  Quay quay(with_loss(0.0, true), {shock});
  quay.day(0, 72001.0);
  CHECK(quay.bought == 0);
  quay.day(7, 72001.0);
  const std::int64_t bought = quay.bought;
  CHECK(bought > 0);
  quay.day(17, 60000.0, 2);
  REQUIRE(quay.sales == 2);
  // Who offers more than is wanted gets what it takes at least, a tenth off.
  CHECK(quay.accounts.money(quay.first).units() ==
        doctest::Approx(-10000.0 * static_cast<double>(bought) + 2 * 54000.0 / 6.0).epsilon(1e-12));
  CHECK(quay.accounts.money(quay.first_at_home).units() == 0.0);
}

TEST_CASE("what importers buy comes after the transit less exactly the share that is lost") {
  Quay quay(with_loss(0.25, true));
  std::vector<std::int64_t> bought;
  double came = 0.0, grey = 0.0;
  for (std::int64_t day = 0; day < 70; ++day) {
    quay.day(day, 150000.0, 30);
    bought.push_back(quay.bought);
    grey += quay.flows.grey(0, 0);
    if (day < days_in_transit) {
      REQUIRE(quay.imported() == 0.0);
      continue;
    }
    came += quay.imported();
    std::int64_t due = 0;
    for (std::int64_t sent = 0; sent <= day - days_in_transit; ++sent) due += bought[static_cast<std::size_t>(sent)];
    REQUIRE(came == static_cast<double>(due - due / 4));
  }
  CHECK(came > 1000.0);
  CHECK(grey > 100.0);
  CHECK(grey == static_cast<double>(quay.sales));
}

TEST_CASE("importers bind no more than their capital in goods") {
  Quay quay(with_loss(0.0, false));
  for (std::int64_t day = 0; day < 200; ++day) quay.day(day, 100000.0);
  CHECK(quay.importers->stock(0) <= 1000);
  CHECK(quay.importers->stock(0) > 950);
}

TEST_CASE("a rule turns back what importers within the law have on the way and they sell it abroad") {
  const auto rule = tests::rule_on(tests::two_markets(), "A800", 20);
  /// Imports after the rule.
  const auto run = [](Quay& quay, bool grey) {
    for (std::int64_t day = 0; day < 20; ++day) quay.day(day, 100000.0);
    CHECK(quay.importers->stock(0) > 0);
    double after = 0.0;
    for (std::int64_t day = 20; day < 40; ++day) {
      quay.day(day, 100000.0);
      after += quay.imported();
      if (!grey) CHECK(quay.bought == 0);
    }
    return after;
  };
  Quay past_it(with_loss(0.0, true), {rule});
  CHECK(run(past_it, true) > 100.0);
  CHECK(past_it.importers->stock_abroad(0) == 0);
  Quay within(with_loss(0.0, false), {rule});
  CHECK(run(within, false) == 0.0);
  const auto turned_back = static_cast<double>(within.importers->stock_abroad(0));
  CHECK(turned_back > 100.0);
  const double paid = within.accounts.money(within.first).units();
  within.day(40, 100000.0, 0, true);
  CHECK(within.importers->stock_abroad(0) == 0);
  // Between the tenth off that they take and what is bid.
  const double earned = within.accounts.money(within.first).units() - paid;
  CHECK(earned >= 0.9 * Quay::price_abroad * turned_back);
  CHECK(earned <= Quay::price_abroad * turned_back);
}

TEST_CASE("importers within the law buy under a notice as long as their goods come in time") {
  auto rule = tests::rule_on(tests::two_markets(), "A800", 20);
  rule.effective += std::chrono::days(20);
  Quay quay(with_loss(0.0, false), {rule});
  for (std::int64_t day = 0; day < 60; ++day) {
    // Sold as it comes, so that capital is free.
    quay.day(day, 100000.0, 10'000);
    if (day % 7 == 0) CHECK((quay.bought > 0) == (day + days_in_transit < 40));
  }
  CHECK(quay.importers->stock_abroad(0) == 0);
}

}  // namespace
}  // namespace chokepoint::sim
