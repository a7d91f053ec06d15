#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "sim/market/paired_seeds.hpp"
#include "sim/market/small_market.hpp"
#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

// What importers do to markets of two regions.

namespace chokepoint::sim {
namespace {

ImporterCohort from_abroad(double capital) {
  return {.name = "i", .from = 1, .region = 0, .capital = capital, .premium = 0.0, .transit_days = 14};
}

/// Two markets whose first card is sold in China alone and whose second abroad alone, with grey importers of China.
MarketSpec split_markets(double capital) {
  MarketSpec spec = tests::two_markets();
  spec.products[0].list_price[1].reset();
  spec.products[1].list_price[0].reset();
  // So that it is worth bringing.
  spec.products[1].list_price[1] = models::Money::from_units(9000.0);
  spec.importers = {from_abroad(capital)};
  return spec;
}

TEST_CASE("a product made for one region alone is never imported and one that nobody sells there gets a price") {
  const auto seen = tests::in_child([] {
    double imports[2] = {};
    std::int64_t first_day = -1;
    double ratio_of_first_day = 0.0, later_ratios = 0.0, later_days = 0.0, sold = 0.0;
    tests::run_market({.spec = split_markets(3e8), .days = 300}, [&](const Market& market) {
      market.accounts().check();
      const MarketBoard& board = market.regions()[0].board;
      for (Eigen::Index k = 0; k < 2; ++k) imports[k] += market.flows().imports(0, k);
      if ((imports[1] > 0.0) != (board.launched[1] > 0.0)) throw std::runtime_error("launched without goods");
      if (board.launched[1] == 0.0) return;
      // Of prices a unit of compute, at the day's start.
      const Eigen::ArrayXd& morning = board.history.last();
      const double ratio = morning[1] / 1.1 / morning[0];
      if (first_day < 0) {
        first_day = market.day();
        ratio_of_first_day = ratio;
      }
      if (market.day() > first_day + 60) {
        later_ratios += ratio;
        later_days += 1.0;
        sold += market.flows().grey(0, 1);
      }
    });
    return std::vector<double>{
        imports[0], imports[1], static_cast<double>(first_day), ratio_of_first_day, later_ratios / later_days, sold};
  });
  CHECK(seen[0] == 0.0);
  CHECK(seen[1] > 100.0);
  CHECK(seen[2] >= 14.0);
  CHECK(seen[3] == doctest::Approx(1.0));
  // On average, though few trade.
  CHECK(seen[4] > 0.75);
  CHECK(seen[4] < 1.33);
  CHECK(seen[5] > 100.0);
}

TEST_CASE("importers who join move no draws of the others") {
  const Eigen::Index others = static_cast<Eigen::Index>(tests::in_child([] {
    Kernel kernel;
    const Market market(kernel, {.spec = tests::two_markets()});
    return std::vector<double>{static_cast<double>(market.accounts().holders())};
  })[0]);
  /// What others hold at the start, what is ordered on the first day in China, and all prices and orders of `days`.
  const auto course = [others](const std::vector<ImporterCohort>& importers, std::int64_t days) {
    return tests::in_child([&] {
      MarketSpec spec = tests::two_markets();
      spec.importers = importers;
      Kernel kernel;
      Market market(kernel, {.spec = spec, .days = std::max<std::int64_t>(1, days)});
      std::vector<double> values;
      for (Eigen::Index h = 0; h < others; ++h)
        for (Eigen::Index k = 0; k < 2; ++k) values.push_back(static_cast<double>(market.accounts().goods(h, k)));
      market.watch([&](const Market& today) {
        if (today.day() == 0) values.push_back(today.flows().orders.row(0).sum());
        for (std::size_t r = 0; r < 2 && days > 0; ++r) {
          values.push_back(today.flows().orders.row(static_cast<Eigen::Index>(r)).sum());
          for (Eigen::Index k = 0; k < 2; ++k) values.push_back(today.regions()[r].board.spot[k]);
        }
      });
      kernel.run();
      return values;
    });
  };
  CHECK(course({from_abroad(3e8)}, 0) == course({}, 0));
  // Without the means to buy a single card they are there and change nothing.
  CHECK(course({from_abroad(50000.0)}, 300) == course({}, 300));
  CHECK(course({from_abroad(3e8)}, 300) != course({}, 300));
}

TEST_CASE("under a rule grey importers feed the barred region while those within the law bring nothing" *
          doctest::test_suite("heavy")) {
  constexpr std::int64_t ban = 400;
  struct Year {
    double imports = 0.0;
    double price = 0.0;
  };
  const auto year = [](std::uint64_t seed, bool grey) {
    const auto values = tests::in_child([&] {
      MarketSpec spec = tests::two_markets();
      for (const MarketProduct& product : spec.products) {
        spec.shocks.push_back(tests::rule_on(spec, product.name, ban));
        spec.shocks.back().name = product.name;
      }
      spec.importers = {from_abroad(1e9)};
      spec.importers[0].grey = grey;
      Year seen;
      tests::run_market({.spec = spec, .days = ban + 365, .seed = seed}, [&](const Market& market) {
        if (market.day() < ban) return;
        if (market.flows().deliveries.row(0).sum() != 0.0)
          throw std::runtime_error("the vendor delivers past the rule");
        seen.imports += market.flows().imports.row(0).sum();
        seen.price = market.regions()[0].board.spot[0];
      });
      return std::vector<double>{seen.imports, seen.price};
    });
    return Year{values[0], values[1]};
  };
  const auto cheaper = tests::paired_change(
      [&](std::uint64_t seed) {
        const Year in_law = year(seed, false);
        const Year grey = year(seed, true);
        CHECK(in_law.imports == 0.0);
        CHECK(grey.imports > 1000.0);
        return in_law.price - grey.price;
      },
      8);
  CHECK(cheaper.rises());
}

std::vector<double> column_sum(const Table& table, std::string_view name, std::string_view product) {
  const auto& products = std::get<TextColumn>(table.columns[2].values);
  const auto& regions = std::get<TextColumn>(table.columns[1].values);
  double sum = 0.0;
  double rows = 0.0;
  for (const Column& column : table.columns) {
    if (column.name != name) continue;
    const auto& values = std::get<std::vector<double>>(column.values);
    for (std::size_t row = 0; row < values.size(); ++row)
      if (products[row] == product && regions[row] == "CN" && !std::isnan(values[row])) {
        sum += values[row];
        rows += 1.0;
      }
  }
  return {sum, rows};
}

TEST_CASE("a scenario's importers show in the columns of imports and stock and in grey prices where they sell") {
  const auto columns = [](const char* grey) {
    return tests::in_child([&] {
      const Record record = simulate(tests::scenario_of(R"({"name": "m", "start": "2022-01-01", "duration": "100 d",
        "currency": "CNY", "exchange_rates": {"USD": "7 CNY"}, "market": {
        "regions": [{"name": "CN", "currency": "CNY"}, {"name": "US", "currency": "USD"}],
        "products": [{"name": "A", "form": "server", "gpus": 8, "list": {"CN": "800000 CNY"}},
                     {"name": "B", "form": "server", "gpus": 8, "list": {"US": "90000 USD"}}],
        "foundry": {"cycle": "20 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 90}]},
        "dealers": [{"name": "d", "region": "CN", "count": 5}, {"name": "e", "region": "US", "count": 5}],
        "importers": [{"name": "i", "from": "US", "region": "CN", "capital": "50000000 CNY", "premium": "5 %",
                       "transit": "10 d", "loss": "1 %", "grey": )" +
                                                        std::string(grey) + R"(}],
        "buyers": [{"name": "b", "region": "CN", "count": 20,
                    "revenue": [{"from": "2022-01-01", "a_year": "9000000000 CNY"}]},
                   {"name": "c", "region": "US", "count": 20,
                    "revenue": [{"from": "2022-01-01", "a_year": "900000000 USD"}]}]}})"),
                                     {}, {});
      const Table& market = *record.find_table("market");
      std::vector<double> values;
      for (const char* name : {"imports", "stock_importers", "grey"})
        for (const double value : column_sum(market, name, "B")) values.push_back(value);
      values.push_back(column_sum(market, "imports", "A")[0]);
      return values;
    });
  };
  const auto grey = columns("true");
  CHECK(grey[0] >= 80.0);
  // In GPUs of whole servers.
  CHECK(std::fmod(grey[0], 8.0) == 0.0);
  CHECK(grey[2] > 0.0);
  CHECK(grey[5] > 0.0);
  CHECK(grey[5] < grey[1]);
  CHECK(grey[6] == 0.0);
  const auto in_law = columns("false");
  CHECK(in_law[0] == grey[0]);
  CHECK(in_law[5] == 0.0);
}

}  // namespace
}  // namespace chokepoint::sim
