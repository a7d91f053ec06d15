#include "sim/market/order_figures.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::int64_t stop_day = 600;

/// Deposits of a fifth, makers who break contracts, a slump in which orders are cancelled, and then a rule that gives
/// back a quarter.
MarketSpec market_with_deposits() {
  MarketSpec spec = tests::small_market();
  spec.vendor.deposit_share = 0.2;
  spec.vendor.breach = BreachTerms{};
  for (BuyerCohort& buyers : spec.buyers) buyers.inflation = 3.0;
  const auto day = spec.first_day + std::chrono::days(stop_day);
  const auto slump = spec.first_day + std::chrono::days(550);
  spec.shocks = {
      {.name = "slump", .kind = ShockKind::financing_stop, .announced = slump, .effective = slump, .size = 0.8},
      {.name = "stop", .kind = ShockKind::import_stop, .announced = day, .effective = day, .refund = 0.25}};
  return spec;
}

std::map<std::string, double> values_of(const std::vector<Figure>& figures) {
  std::map<std::string, double> values;
  for (const Figure& figure : figures) values[figure.key] = std::get<double>(figure.value);
  return values;
}

TEST_CASE("what is ordered is delivered or kept back or cancelled or left undelivered or still to come") {
  const auto worst = tests::in_child([] {
    std::int64_t most = 0, kept = 0, cancelled = 0, undelivered = 0;
    tests::run_market({.spec = market_with_deposits(), .days = stop_day + 30}, [&](const Market& market) {
      const Vendor& vendor = market.supply().vendor(0);
      const OrderTally& tally = vendor.tally();
      for (Eigen::Index i = 0; i < tally.ordered.rows(); ++i)
        for (Eigen::Index k = 0; k < 2; ++k)
          most = std::max(most, std::abs(tally.ordered(i, k) - tally.delivered(i, k) - tally.kept_back(i, k) -
                                         tally.cancelled(i, k) - tally.undelivered(i, k) - vendor.pipeline(i, k)));
      kept = tally.kept_back.sum();
      cancelled = tally.cancelled.sum();
      undelivered = tally.undelivered.sum();
    });
    return std::vector<double>{static_cast<double>(most), static_cast<double>(kept), static_cast<double>(cancelled),
                               static_cast<double>(undelivered)};
  });
  CHECK(worst[0] == 0);
  CHECK(worst[1] > 0);
  CHECK(worst[2] > 0);
  CHECK(worst[3] > 0);
}

TEST_CASE("deposits held are a share of what is on order and a rule takes what it does not give back") {
  constexpr std::int64_t counted = 200;
  const auto seen = tests::in_child([] {
    const MarketSpec spec = market_with_deposits();
    OrderFigures figures(spec, counted);
    double most = 0.0, held = 0.0, held_before = 0.0, value = 0.0, cancelled = 0.0;
    std::map<std::string, double> before, after;
    tests::run_market({.spec = spec, .days = stop_day + 30}, [&](const Market& market) {
      figures.record(market);
      if (market.day() < counted) return;
      double on_order = 0.0;
      for (std::size_t p = 0; p < spec.products.size(); ++p) {
        const double list = spec.products[p].list_price[0]->units();
        const auto k = static_cast<Eigen::Index>(p);
        for (Eigen::Index i = 0; i < market.supply().vendor(0).tally().ordered.rows(); ++i)
          on_order += list * static_cast<double>(market.supply().of(k).pipeline(i, k));
        value += list * market.flows().undelivered(0, k);
        cancelled += list * market.flows().cancellations(0, k);
      }
      held = 0.2 * on_order;
      most = std::max(most, held);
      if (market.day() == stop_day - 1) {
        before = values_of(figures.figures(market));
        held_before = held;
      }
      if (market.day() == stop_day + 29) after = values_of(figures.figures(market));
    });
    return std::vector<double>{most,
                               value,
                               cancelled,
                               before.at("cn_undelivered_value_cny"),
                               after.at("cn_deposits_most_cny"),
                               after.at("cn_deposits_last_cny"),
                               after.at("cn_undelivered_value_cny"),
                               after.at("cn_undelivered_deposits_cny"),
                               after.at("cn_deposits_lost_cny"),
                               held_before,
                               before.at("cn_deposits_last_cny")};
  });
  CHECK(seen[0] > 0.0);
  CHECK(seen[3] == 0.0);
  CHECK(seen[4] == doctest::Approx(seen[0]));
  CHECK(seen[5] == 0.0);
  CHECK(seen[6] == doctest::Approx(seen[1]));
  CHECK(seen[7] == doctest::Approx(0.2 * seen[1]));
  CHECK(seen[9] > 0.0);
  CHECK(seen[10] == doctest::Approx(seen[9]));
  CHECK(seen[8] == doctest::Approx(0.75 * 0.2 * seen[1] + 0.2 * seen[2]));
}

TEST_CASE("orders of all cohorts are those of the market from the first counted day on") {
  constexpr std::int64_t counted = 200;
  const auto seen = tests::in_child([] {
    const MarketSpec spec = market_with_deposits();
    OrderFigures figures(spec, counted);
    double ordered = 0.0, came = 0.0, cancelled = 0.0, undelivered = 0.0, asked = 0.0;
    std::map<std::string, double> last;
    tests::run_market({.spec = spec, .days = stop_day + 30}, [&](const Market& market) {
      figures.record(market);
      const MarketFlows& flows = market.flows();
      if (market.day() == counted - 1)
        for (Eigen::Index k = 0; k < 2; ++k)
          for (Eigen::Index i = 0; i < market.supply().vendor(0).tally().ordered.rows(); ++i)
            if (market.supply().vendor(0).who(i).cohort == "dealers")
              asked += static_cast<double>(market.supply().of(k).pipeline(i, k));
      if (market.day() < counted) return;
      ordered += flows.orders.sum();
      came += flows.deliveries.sum() - flows.kept_back.sum();
      cancelled += flows.cancellations.sum();
      undelivered += flows.undelivered.sum();
      if (market.day() == stop_day + 29) last = values_of(figures.figures(market));
    });
    const auto both = [&](const std::string& key) {
      return last.at("cn_dealers_" + key) + last.at("cn_makers_" + key);
    };
    asked += last.at("cn_dealers_ordered");
    return std::vector<double>{ordered,
                               both("ordered"),
                               came,
                               both("delivered"),
                               cancelled,
                               both("cancelled"),
                               undelivered,
                               both("undelivered"),
                               100.0 * last.at("cn_dealers_delivered") / asked,
                               last.at("cn_dealers_delivered_percent")};
  });
  for (std::size_t i = 0; i < seen.size(); i += 2) {
    CAPTURE(i);
    CHECK(seen[i] > 0.0);
    CHECK(seen[i + 1] == doctest::Approx(seen[i]).epsilon(1e-12));
  }
}

TEST_CASE("a maker's share is of the compute that came from the first counted day on") {
  constexpr std::int64_t counted = 50;
  const auto seen = tests::in_child([] {
    MarketSpec spec = tests::two_markets();
    spec.other_makers = {{.name = "home one",
                          .foundry = {.capacity = {{.day = 0.0, .level = 100.0}}, .cycle_days = 40},
                          .vendor = {.home = 0, .transit_days = 2}}};
    spec.products.push_back({.name = "910B",
                             .form = "server",
                             .gpus = 8,
                             .compute = 6.0,
                             .maker = 1,
                             .list_price = {models::Money::from_units(480000.0), std::nullopt}});
    OrderFigures figures(spec, counted);
    double home = 0.0, all = 0.0;
    std::map<std::string, double> last;
    tests::run_market({.spec = spec, .days = 300}, [&](const Market& market) {
      figures.record(market);
      if (market.day() < counted) return;
      home += 6.0 * market.flows().deliveries(0, 2);
      all += market.flows().deliveries(0, 0) + 1.1 * market.flows().deliveries(0, 1) +
             6.0 * market.flows().deliveries(0, 2);
      if (market.day() == 299) last = values_of(figures.figures(market));
    });
    return std::vector<double>{100.0 * home / all, last.at("cn_home_one_share_percent"),
                               last.at("us_home_one_share_percent")};
  });
  CHECK(seen[0] > 0.0);
  CHECK(seen[1] == doctest::Approx(seen[0]));
  CHECK(seen[2] == 0.0);
}

}  // namespace
}  // namespace chokepoint::sim
