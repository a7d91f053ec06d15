#include "sim/market/market.hpp"

#include <random>

#include <doctest/doctest.h>

#include "sim/market/buyer_sizes.hpp"
#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using tests::in_child;
using tests::run_market;
using tests::small_market;

/// A ban of one product, with or without notice, and a shock of another kind.
void add_random_shocks(MarketSpec& spec, std::mt19937& generator) {
  using std::chrono::days;
  const auto below = [&](std::uint32_t count) { return static_cast<int>(generator() % count); };
  const auto announced = spec.first_day + days(30 + below(40));
  const auto& banned = spec.products[generator() % spec.products.size()].name;
  ShockSpec ban{.name = "ban", .kind = ShockKind::export_rule, .announced = announced};
  ban.effective = announced + days(below(30));
  ban.target.products = {banned};
  ban.refund = 0.01 * below(101);
  if (below(3) == 0) ban.reliefs = {{announced, ban.effective + days(5), ban.effective + days(25), 0.5, {}}};
  spec.shocks.push_back(ban);
  const std::vector<ShockKind> kinds{ShockKind::foundry_outage, ShockKind::capacity_ramp, ShockKind::demand_surge,
                                     ShockKind::exchange_rate,  ShockKind::tariff,        ShockKind::power_curtailment,
                                     ShockKind::financing_stop, ShockKind::price_war};
  ShockSpec other{.name = "other", .kind = kinds[generator() % kinds.size()], .announced = announced};
  other.effective = announced + days(below(20));
  other.end = other.effective + days(1 + below(60));
  other.size = 0.05 * (1 + below(19));
  other.ramp_days = below(10);
  other.currency = spec.regions.back().currency;
  spec.shocks.push_back(other);
}

/// A market of chance: up to two regions, three products, bans with and without notice, any rule and deposit.
Market::Setup random_market(std::uint32_t seed) {
  std::mt19937 generator(seed);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(generator()) / 4294967296.0);
  };
  const auto below = [&](std::uint32_t count) { return static_cast<std::int64_t>(generator() % count); };
  MarketSpec spec;
  spec.first_day = std::chrono::local_days(std::chrono::year(2022) / 1 / 1);
  spec.regions = {{.name = "CN", .currency = *models::find_currency("CNY")}};
  if (below(2) == 1) spec.regions.push_back({.name = "US", .currency = *models::find_currency("USD")});
  const std::int64_t products = 1 + below(3);
  for (std::int64_t k = 0; k < products; ++k) {
    spec.products.push_back({.name = std::to_string(k),
                             .form = "card",
                             .gpus = below(2) == 0 ? 1 : 8,
                             .compute = uniform(0.5, 3.0),
                             .launch_day = k == 0 ? 0 : below(60),
                             .mix = uniform(0.5, 2.0)});
    if (below(4) == 0) spec.products.back().end_day = 40 + below(60);
    if (below(3) == 0) spec.products.back().ramp = ProductionRamp{.from = uniform(-30.0, 60.0), .until = 90.0};
    if (below(3) == 0) spec.products.back().maker = 1;
    if (below(3) == 0)
      spec.products.back().switching = Switching{.cost = uniform(0.0, 3.0), .half_life_gpu_years = 10.0};
    for (std::size_t r = 0; r < spec.regions.size(); ++r)
      spec.products.back().list_price.push_back(models::Money::from_units(uniform(100.0, 100000.0)));
  }
  spec.foundry = {.capacity = {{0.0, uniform(0.0, 50.0)}, {90.0, uniform(0.0, 100.0)}}, .cycle_days = 1 + below(60)};
  spec.vendor = {.allocation = static_cast<AllocationRule>(below(4)),
                 .deposit_share = below(2) == 0 ? 0.0 : uniform(0.0, 1.0),
                 .forfeited_share = uniform(0.0, 1.0),
                 .transit_days = below(15),
                 .contract_margin = uniform(0.0, 0.2),
                 .pass_through = uniform(0.0, 1.0)};
  if (below(2) == 0)
    spec.vendor.breach = BreachTerms{.penalty_share = uniform(0.0, 0.3), .reputation = uniform(0.0, 1.0)};
  spec.other_makers = {{.name = "rival",
                        .foundry = {.capacity = {{0.0, uniform(0.0, 50.0)}}, .cycle_days = 1 + below(60)},
                        .vendor = {.home = 0, .deposit_share = uniform(0.0, 1.0), .transit_days = below(5)}}};
  spec.money.set(spec.regions.front().currency, {{.rate = 1.0}});
  spec.money.set(spec.regions.back().currency, {{.rate = uniform(0.5, 2.0)}});
  for (std::size_t r = 0; r < spec.regions.size(); ++r)
    spec.importers.push_back({.name = std::to_string(r),
                              .from = r,
                              .region = spec.regions.size() - 1 - r,
                              .capital = 1e5 * uniform(10.0, 500.0),
                              .premium = uniform(0.0, 0.3),
                              .transit_days = below(30),
                              .loss = uniform(0.0, 0.3),
                              .grey = below(2) == 0});
  for (std::size_t r = 0; r < spec.regions.size(); ++r) {
    const double price = spec.products.front().list_price[r]->units();
    spec.dealers.push_back(
        {.name = "dealers", .region = r, .count = 1 + below(8), .pipeline_weight = uniform(0.0, 1.0)});
    for (const char* name : {"makers", "others"})
      spec.buyers.push_back({.name = name,
                             .region = r,
                             .count = 1 + below(20),
                             .revenue = {{0.0, price * uniform(50.0, 3000.0)}, {100.0, price * uniform(50.0, 9000.0)}},
                             .life_days = 60 + below(2000),
                             .elasticity = uniform(0.2, 2.0),
                             .direct_share = uniform(0.0, 1.0),
                             .pipeline_weight = uniform(0.1, 1.0),
                             .inflation = uniform(0.0, 3.0)});
  }
  for (std::size_t r = 0; r < spec.regions.size(); ++r) {
    const double price = spec.products.front().list_price[r]->units();
    if (below(2) == 0)
      spec.speculators.push_back(
          {.name = "s", .region = r, .count = 1 + below(5), .capital = price * uniform(10.0, 500.0)});
    if (below(2) == 0) spec.buyers.front().resale_loss = uniform(0.0, 0.5);
    if (below(2) == 0) spec.buyers.back().lets = LessorTerms{.running_cost = uniform(0.01, 1.0)};
  }
  add_random_shocks(spec, generator);
  for (DealerCohort& dealers : spec.dealers) {
    if (below(2) == 0) continue;
    dealers.review_days = 1 + below(10);
    dealers.order_up_to = OrderUpToTerms{.safety_stock = uniform(0.0, 20.0)};
    if (below(3) == 0) dealers.order_up_to->forecast = SmoothingTerms{.weight = uniform(0.1, 1.0)};
    if (below(3) == 0) dealers.order_up_to->forecast = AutoregressiveTerms{.persistence = uniform(0.0, 0.9)};
  }
  return {.spec = std::move(spec), .days = 120, .seed = seed};
}

TEST_CASE("goods and money are conserved at every event of 200 random markets and banned goods do not flow" *
          doctest::test_suite("heavy")) {
  double delivered = 0.0, undelivered = 0.0, traded = 0.0, cancelled = 0.0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    const auto totals = in_child([&] {
      double sums[4] = {};
      Kernel kernel;
      Market market_of_seed(kernel, random_market(seed));
      market_of_seed.accounts().check();
      for (const Phase phase : {Phase::arrivals, Phase::decisions, Phase::records})
        market_of_seed.watch([](const Market& market) { market.accounts().check(); }, phase);
      market_of_seed.watch([&](const Market& market) {
        for (std::size_t r = 0; r < market.spec().regions.size(); ++r)
          for (std::size_t k = 0; k < market.spec().products.size(); ++k)
            if (market.shocks().legal({.product = k, .region = r}, market.day()) == 0.0 &&
                market.flows().deliveries(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k)) != 0.0)
              throw std::runtime_error("banned goods were delivered");
        for (const ImporterCohort& importers : market.spec().importers)
          for (std::size_t k = 0; k < market.spec().products.size(); ++k)
            if (!importers.grey &&
                market.shocks().legal({.product = k, .region = importers.region}, market.day()) == 0.0 &&
                market.flows().imports(static_cast<Eigen::Index>(importers.region), static_cast<Eigen::Index>(k)) !=
                    0.0)
              throw std::runtime_error("banned goods were imported within the law");
        sums[0] += market.flows().deliveries.sum();
        sums[1] += market.flows().undelivered.sum();
        sums[2] += market.flows().traded.sum();
        sums[3] += market.flows().cancellations.sum();
        for (const Market::Region& region : market.regions())
          if (!((region.board.spot > 0.0) || (region.board.launched == 0.0)).all() || !region.board.spot.allFinite())
            throw std::runtime_error("a price is lost");
      });
      kernel.run();
      return std::vector<double>(sums, sums + 4);
    });
    delivered += totals[0];
    undelivered += totals[1];
    traded += totals[2];
    cancelled += totals[3];
  }
  // The markets did what was to be held against the laws.
  CHECK(delivered > 1000.0);
  CHECK(undelivered > 100.0);
  CHECK(traded > 1000.0);
  CHECK(cancelled > 100.0);
}

/// Spot price of the first product by day.
std::vector<double> prices(const Market::Setup& setup) {
  return in_child([&] {
    std::vector<double> spot;
    run_market(setup, [&](const Market& market) { spot.push_back(market.regions()[0].board.spot[0]); });
    return spot;
  });
}

double mean(const std::vector<double>& values, std::size_t from, std::size_t until) {
  double sum = 0.0;
  for (std::size_t i = from; i < until; ++i) sum += values[i];
  return sum / static_cast<double>(until - from);
}

TEST_CASE("the same market and seed give the same prices and another seed others") {
  const auto first = prices({.spec = small_market(), .days = 200, .seed = 7});
  CHECK(first == prices({.spec = small_market(), .days = 200, .seed = 7}));
  CHECK(first != prices({.spec = small_market(), .days = 200, .seed = 8}));
}

TEST_CASE("with capacity to spare and revenue that does not grow goods sell near their list price") {
  const auto spot = prices({.spec = small_market(), .days = 350});
  CHECK(mean(spot, 150, 350) > 0.95 * 80000.0);
  CHECK(mean(spot, 150, 350) < 1.15 * 80000.0);
}

TEST_CASE("when revenue outgrows what the foundry makes the price and the lead time rise and the list price does not") {
  const auto seen = in_child([] {
    std::vector<double> values;
    run_market({.spec = small_market(), .days = 700}, [&](const Market& market) {
      const MarketBoard& board = market.regions()[0].board;
      if (market.day() == 300 || market.day() == 699)
        values.insert(values.end(), {board.spot[0], board.lead_days[0], board.list[0]});
    });
    return values;
  });
  CHECK(seen[3] > 1.5 * seen[0]);
  CHECK(seen[4] > 3.0 * seen[1]);
  CHECK(seen[5] == seen[2]);
}

TEST_CASE("a ban that is announced makes goods dearer than without it") {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    CAPTURE(seed);
    Market::Setup setup{.spec = small_market(), .days = 640, .seed = seed};
    const auto without = prices(setup);
    const auto banned = setup.spec.first_day + std::chrono::days(600);
    setup.spec.shocks = {{.name = "ban", .kind = ShockKind::import_stop, .announced = banned, .effective = banned}};
    const auto with = prices(setup);
    for (std::size_t day = 0; day < 600; ++day) REQUIRE(with[day] == without[day]);
    CHECK(mean(with, 625, 640) > 1.02 * mean(without, 625, 640));
  }
}

/// Goods of the first cohort's agents at the start, in the order of its agents.
std::vector<double> goods_at_start(const MarketSpec& spec, std::int64_t agents) {
  return in_child([&] {
    Kernel kernel;
    const Market market(kernel, {.spec = spec, .seed = 3});
    // Two holders of the vendor and seven of the region come first.
    const auto goods = market.accounts().goods().middleRows(9, agents);
    std::vector<double> values;
    for (Eigen::Index i = 0; i < goods.rows(); ++i)
      for (Eigen::Index k = 0; k < goods.cols(); ++k) values.push_back(static_cast<double>(goods(i, k)));
    return values;
  });
}

TEST_CASE("an agent or a cohort that joins moves no draws of the others") {
  const MarketSpec spec = small_market();
  const auto before = goods_at_start(spec, 100);
  MarketSpec larger = spec;
  larger.buyers[0].count = 125;
  // The revenue is that of all: with what the others bring each of the first keeps its own.
  const RandomStream draws(3, 0, "market/buyers/" + spec.buyers[0].name);
  const double bring = buyer_sizes(spec.buyers[0], draws).share[0] / buyer_sizes(larger.buyers[0], draws).share[0];
  for (DatedLevel& level : larger.buyers[0].revenue) level.level *= bring;
  CHECK(bring > 1.1);
  CHECK(goods_at_start(larger, 100) == before);
  MarketSpec joined = spec;
  joined.buyers.push_back(spec.buyers[0]);
  joined.buyers[1].name = "others";
  CHECK(goods_at_start(joined, 100) == before);
  joined.buyers[0].name = "renamed";
  CHECK(goods_at_start(joined, 100) != before);
}

}  // namespace
}  // namespace chokepoint::sim
