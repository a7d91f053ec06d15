#include "sim/market/market_power.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/catalogue/rated_power.hpp"
#include "sim/market/market_columns.hpp"
#include "support/figures.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

std::string powered_market(const std::string& accelerator, const std::string& power) {
  return R"({"name": "m", "start": "2022-01-01", "duration": "40 d", "run_in": "10 d", "market": {
    "regions": [{"name": "CN", "currency": "CNY"}],
    "products": [{"name": "A", "form": "server", "gpus": 8, "compute": 80, )" +
         accelerator + R"("list": {"CN": "800000 CNY"}},
                 {"name": "B", "form": "card", "accelerator": "rtx-3090", "list": {"CN": "10000 CNY"}}],
    "foundry": {"cycle": "20 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 30}]},
    "dealers": [{"name": "d", "count": 5}],
    "buyers": [{"name": "b", "count": 20, "revenue": [{"from": "2022-01-01", "a_year": "3000000000 CNY"}]},
               {"name": "l", "count": 5, "lets": {}, "revenue": [{"from": "2022-01-01", "a_year": "900000000 CNY"}]}])" +
         power + "}}";
}

Table days_of_power(const std::vector<std::string>& dates, const std::vector<double>& power) {
  Table table{.name = std::string(market_table), .columns = {}};
  TextColumn texts;
  for (const std::string& date : dates) texts.push_back(date);
  table.columns.push_back({.name = std::string(date_column), .values = std::move(texts)});
  table.columns.push_back({.name = std::string(power_column), .values = power});
  return table;
}

double value_of(const std::vector<Figure>& figures, std::string_view key) {
  for (const Figure& figure : figures)
    if (figure.key == key) return std::get<double>(figure.value);
  return -1.0;
}

}  // namespace

TEST_CASE("a GPU is rated for its share of its server or else for its own TDP") {
  const auto& accelerators = catalogue().accelerators;
  CHECK(rated_power_w(accelerators.at("h100-80gb-sxm5").value) == 10200.0 / 8);
  CHECK(rated_power_w(accelerators.at("rtx-3090").value) == 350.0);
}

TEST_CASE("a row's power is that of the GPUs of its buyers and lessors") {
  const auto seen = tests::in_child([] {
    const Record record =
        simulate(tests::scenario_of(powered_market(R"("accelerator": "h100-80gb-sxm5", )",
                                                   R"(, "power": {"draw": "70 %", "pue": 1.25, "line": "1 GWh"})")),
                 {}, {});
    const Table& market = *record.find_table("market");
    const auto numbers = [&](std::string_view name) {
      return std::get<std::vector<double>>(std::ranges::find(market.columns, name, &Column::name)->values);
    };
    const auto buyers = numbers("stock_buyers");
    const auto lessors = numbers("stock_lessors");
    const auto power = numbers("power_mw");
    std::vector<double> seen{tests::figure(record, "market_energy_last_twh_a_year"),
                             tests::figure(record, "market_energy_line_years")};
    for (std::size_t row = 0; row < market.rows(); ++row) {
      seen.push_back(buyers[row] + lessors[row]);
      seen.push_back(power[row]);
    }
    return seen;
  });
  REQUIRE(seen.size() == 2 + 2 * 2 * 30);
  double last = 0.0;
  for (std::size_t row = 0; row < 60; ++row) {
    // 1,275 W or 350 W a GPU, 70 % of it, at a PUE of 1.25.
    const double megawatts = seen[2 + 2 * row] * (row % 2 == 0 ? 1275.0 : 350.0) * 0.875 * 1e-6;
    CHECK(seen[2 + 2 * row] > 0.0);
    CHECK(seen[3 + 2 * row] == doctest::Approx(megawatts).epsilon(1e-12));
    if (row >= 58) last += megawatts;
  }
  CHECK(seen[0] == doctest::Approx(last * 8766.0 * 1e-6).epsilon(1e-12));
  CHECK(seen[1] == 0.0);
}

TEST_CASE("the line is reached on the first day on which all rows together draw it") {
  // 10,000 MW for 8,766 h are 87.66 TWh.
  const Table market =
      days_of_power({"2023-01-01", "2023-01-01", "2023-01-02", "2023-01-02", "2023-01-03", "2023-01-03"},
                    {4000.0, 5000.0, 4000.0, 6000.0, 7000.0, 4000.0});
  const double twh = 3.6e15;
  const auto figures_at = [&](double line) {
    return market_power_figures({.draw = 1.0, .pue = 1.0, .line_j = line * twh, .rated_w = {}}, market);
  };
  CHECK(value_of(figures_at(87.0), "market_energy_line_years") == doctest::Approx(1 / 365.25));
  CHECK(value_of(figures_at(88.0), "market_energy_line_years") == doctest::Approx(2 / 365.25));
  CHECK(value_of(figures_at(88.0), "market_energy_last_twh_a_year") == doctest::Approx(96.426));
  CHECK(figures_at(97.0).size() == 1);
}

TEST_CASE("a market that does not count power leaves no column of it") {
  const auto columns = tests::in_child([] {
    const Record record = simulate(tests::scenario_of(powered_market("", "")), {}, {});
    double found = 0.0;
    for (const Column& column : record.find_table("market")->columns) found += column.name == power_column ? 1.0 : 0.0;
    return std::vector<double>{found, tests::figure(record, "market_energy_last_twh_a_year")};
  });
  CHECK(columns[0] == 0.0);
  CHECK(std::isnan(columns[1]));
}

}  // namespace chokepoint::sim
