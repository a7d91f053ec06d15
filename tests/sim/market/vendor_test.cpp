#include "sim/market/vendor.hpp"

#include <doctest/doctest.h>

#include "sim/market/shock_texts.hpp"
#include "sim/market/small_market.hpp"

namespace chokepoint::sim {
namespace {

/// A vendor with a thousand goods and three customers.
struct Shop {
  explicit Shop(VendorSpec terms, const std::string& shocks_text = "[]")
      : market(market_of(terms, shocks_text)),
        shocks(market, resolve_shocks(market.shocks, 1, 0)),
        foundry(market.foundry, {1}) {
    const Eigen::Index first = accounts.open(6, market.regions.front().currency);
    buyers = accounts.open(3, market.regions.front().currency);
    accounts.make(first, 0, 1000);
    vendor.emplace(Vendor::Setup{
        .market = market,
        .accounts = accounts,
        .shocks = shocks,
        .flows = flows,
        .stock = first,
        .regions = {
            {.cash = first + 1, .escrow = first + 2, .transit = first + 3, .state = first + 4, .makers = first + 5}}});
    for (Eigen::Index i = 0; i < 3; ++i) vendor->admit({.holder = buyers + i, .tier_weight = i == 2 ? 3.0 : 1.0});
  }
  static MarketSpec market_of(VendorSpec terms, const std::string& shocks_text) {
    MarketSpec market = tests::small_market();
    market.products.resize(1);
    market.vendor = terms;
    market.shocks = tests::read_shocks(shocks_text);
    return market;
  }
  void order(std::vector<std::int64_t> goods) {
    for (Eigen::Index i = 0; i < 3; ++i) vendor->order(i, 0, goods[static_cast<std::size_t>(i)]);
  }
  /// Shipped and arrived in a day.
  std::vector<std::int64_t> day(std::int64_t date = 0) {
    vendor->open_day(date, foundry);
    accounts.check();
    return {accounts.goods(buyers, 0), accounts.goods(buyers + 1, 0), accounts.goods(buyers + 2, 0)};
  }

  MarketSpec market;
  MarketAccounts accounts{1};
  MarketShocks shocks;
  MarketFlows flows{1, 1};
  Foundry foundry;
  Eigen::Index buyers = 0;
  std::optional<Vendor> vendor;
};

VendorSpec shares_by(AllocationRule rule) {
  return {.allocation = rule, .transit_days = 0};
}

using Goods = std::vector<std::int64_t>;

// Cachon & Lariviere 1999, ten times the published example.
TEST_CASE("a vendor shares a thousand goods as the rules of allocation say") {
  const auto get = [](AllocationRule rule) {
    Shop shop(shares_by(rule));
    shop.order({800, 600, 200});
    return shop.day();
  };
  CHECK(get(AllocationRule::proportional) == Goods{500, 375, 125});
  CHECK(get(AllocationRule::linear) == Goods{600, 400, 0});
  CHECK(get(AllocationRule::uniform) == Goods{400, 400, 200});
  // Claims 800, 600 and 600: the third is filled, the rest is shared four to three.
  CHECK(get(AllocationRule::tiers) == Goods{457, 343, 200});
}

TEST_CASE("from a vendor with uniform allocation nobody gets more for a larger order than it needs") {
  for (const std::int64_t need : {50, 200, 333, 400, 900}) {
    Shop honest(shares_by(AllocationRule::uniform));
    honest.order({need, 600, 700});
    const std::int64_t fair = honest.day()[0];
    for (const std::int64_t inflated : {2 * need, 10 * need}) {
      CAPTURE(need);
      Shop shop(shares_by(AllocationRule::uniform));
      shop.order({inflated, 600, 700});
      REQUIRE(std::min(need, shop.day()[0]) == fair);
    }
  }
  Shop shop(shares_by(AllocationRule::proportional));
  shop.order({4000, 600, 700});
  CHECK(shop.day()[0] > 400);
}

TEST_CASE("a deposit counts toward the price and is lost by who cancels") {
  Shop shop({.deposit_share = 0.2, .transit_days = 0});
  shop.order({100, 0, 50});
  CHECK(shop.accounts.money(shop.buyers).units() == -100 * 16000.0);
  shop.vendor->cancel(2, 0, 50);
  CHECK(shop.accounts.money(shop.buyers + 2).units() == -50 * 16000.0);
  CHECK(shop.day() == Goods{100, 0, 0});
  CHECK(shop.accounts.money(shop.buyers).units() == -100 * 80000.0);
  CHECK(shop.flows.cancellations(0, 0) == 50.0);
}

TEST_CASE("what a rule catches on order or on the way is refunded and never delivered") {
  Shop shop({.deposit_share = 0.5, .transit_days = 7},
            R"([{"name": "rule", "kind": "export-rule", "announced": "2022-01-09", "products": ["A800"]}])");
  shop.order({100, 100, 0});
  shop.day(0);
  CHECK(shop.vendor->pipeline(0, 0) == 100);
  CHECK(shop.day(7) == Goods{100, 100, 0});
  // Sent on the second, nobody knows better yet, and due a day late.
  shop.order({300, 0, 0});
  shop.day(2);
  shop.order({0, 700, 200});
  shop.vendor->order(1, 0, 500);
  CHECK(shop.day(8) == Goods{100, 100, 0});
  CHECK(shop.day(9) == Goods{100, 100, 0});
  CHECK(shop.vendor->backlog({0, 0}) == 0);
  CHECK(shop.vendor->pipeline(0, 0) == 0);
  CHECK(shop.flows.undelivered(0, 0) == 300.0 + 700.0 + 200.0 + 500.0);
  CHECK(shop.accounts.money(shop.buyers).units() == -100 * 80000.0);
  CHECK(shop.accounts.money(shop.buyers + 1).units() == -100 * 80000.0);
  CHECK_FALSE(shop.vendor->on_sale({0, 0}, 8));
}

TEST_CASE("a rule that keeps a part of what was paid leaves it to the vendor") {
  Shop shop({.deposit_share = 0.5}, R"([{"name": "rule", "kind": "export-rule", "announced": "2022-01-02",
    "products": ["A800"], "refund": 0.75}])");
  shop.accounts.move(0, 1, 0, 1000);
  shop.order({100, 0, 0});
  shop.day(0);
  shop.day(1);
  CHECK(shop.accounts.money(shop.buyers).units() == -0.25 * 0.5 * 100 * 80000.0);
  CHECK(shop.flows.undelivered(0, 0) == 100.0);
}

TEST_CASE("of what licences cover a share of each day's goods goes, of a waiver all") {
  const auto after = [](const std::string& relief) {
    Shop shop({.transit_days = 0}, R"([{"name": "rule", "kind": "export-rule", "announced": "2021-12-01",
      "products": ["A800"], )" + relief +
                                       "}]");
    shop.order({100, 0, 300});
    return shop.day(0);
  };
  CHECK(after(R"("licences": [{"from": "2021-12-01", "until": "2022-02-01", "share": 0.5}])") == Goods{50, 0, 150});
  CHECK(after(R"("waivers": [{"from": "2021-12-01", "until": "2022-02-01"}])") == Goods{100, 0, 300});
  CHECK(after(R"("waivers": [{"from": "2021-12-01", "until": "2021-12-31"}])") == Goods{0, 0, 0});
}

TEST_CASE("list prices follow the spot price in steps where the vendor reviews them") {
  VendorSpec terms{.transit_days = 0, .contract_days = 1.0};
  terms.list_review = ListReview{.days = 100, .change = {.step = 0.1, .most = 0.15}};
  Shop shop(terms);
  const auto list_on = [&](std::int64_t day, double spot) {
    shop.vendor->prices().see_spot({0, 0}, spot);
    shop.day(day);
    return shop.vendor->prices().list({0, 0}).units();
  };
  CHECK(list_on(99, 120000.0) == 80000.0);
  CHECK(list_on(100, 120000.0) == doctest::Approx(88000.0));
  CHECK(list_on(150, 120000.0) == doctest::Approx(88000.0));
  CHECK(list_on(200, 120000.0) == doctest::Approx(92000.0));
  CHECK(list_on(300, 120000.0) == doctest::Approx(92000.0));
  CHECK(list_on(400, 60000.0) == doctest::Approx(84000.0));
}

TEST_CASE("who buys by contract pays the margin and a share of what the spot price lies higher") {
  Shop shop({.transit_days = 0, .contract_margin = 0.05, .pass_through = 0.5});
  const auto buyer = shop.vendor->admit({.holder = shop.buyers + 1, .by_contract = true});
  for (int day = 0; day < 2000; ++day) shop.vendor->prices().see_spot({0, 0}, 104000.0);
  CHECK(shop.vendor->prices().contract({0, 0}).units() == doctest::Approx(84000.0 + 0.5 * 20000.0));
  shop.vendor->order(buyer, 0, 10);
  shop.order({10, 0, 0});
  shop.day(0);
  CHECK(-shop.accounts.money(shop.buyers + 1).units() == doctest::Approx(10 * 94000.0));
  CHECK(-shop.accounts.money(shop.buyers).units() == 10 * 80000.0);
  CHECK(shop.accounts.money(5).units() == doctest::Approx(10 * 14000.0));
}

TEST_CASE("a contract keeps the price of its day") {
  Shop shop({.transit_days = 0, .contract_margin = 0.05, .pass_through = 0.5});
  const auto buyer = shop.vendor->admit({.holder = shop.buyers + 1, .by_contract = true});
  shop.vendor->order(buyer, 0, 10);
  for (int day = 0; day < 2000; ++day) shop.vendor->prices().see_spot({0, 0}, 104000.0);
  shop.day(0);
  CHECK(-shop.accounts.money(shop.buyers + 1).units() == doctest::Approx(10 * 84000.0));
}

// Of 10 goods at 80,000 with a fifth paid the maker keeps all where the spot price is 120,000 and a name is worth
// nothing: the buyer has its money back and a penalty of 8,000 a good, and the maker owes the list price.
TEST_CASE("a broken contract pays deposit and penalty back and leaves the goods with the maker") {
  Shop shop({.deposit_share = 0.2, .transit_days = 0, .breach = BreachTerms{.penalty_share = 0.1, .reputation = 0.0}});
  const auto buyer = shop.vendor->admit({.holder = shop.buyers + 1, .by_contract = true});
  shop.vendor->order(buyer, 0, 10);
  shop.vendor->prices().see_spot({0, 0}, 120000.0);
  CHECK(shop.day(0) == Goods{0, 0, 0});
  CHECK(shop.accounts.money(shop.buyers + 1).units() == 10 * 8000.0);
  CHECK(shop.accounts.goods(5, 0) == 10);
  CHECK(-shop.accounts.money(5).units() == 10 * 88000.0);
  CHECK(shop.accounts.money(1).units() == 10 * 80000.0);
  CHECK(shop.vendor->contracts().contracts().front().kept_back == 10);
}

TEST_CASE("a price war and a currency and a duty each move what a customer pays as they say") {
  const auto paid = [](const std::string& shock) {
    Shop shop({.home = 0, .transit_days = 0}, "[" + shock + "]");
    shop.order({100, 0, 0});
    shop.day(0);
    return -shop.accounts.money(shop.buyers).units() / 100.0;
  };
  CHECK(paid("") == 80000.0);
  CHECK(paid(R"({"name": "w", "kind": "price-war", "announced": "2021-12-01", "size": 0.25})") == 60000.0);
  CHECK(paid(R"({"name": "t", "kind": "tariff", "announced": "2021-12-01", "size": 0.25})") == 100000.0);
  // Half of its ramp on the first day.
  CHECK(paid(R"({"name": "t", "kind": "tariff", "announced": "2021-12-22", "size": 0.25, "ramp": "20 d"})") == 90000.0);
  // Both ends of the lane count in one money.
  CHECK(paid(R"({"name": "x", "kind": "exchange-rate", "announced": "2021-12-01", "currency": "CNY", "size": 0.8})") ==
        80000.0);
}

}  // namespace
}  // namespace chokepoint::sim
