#include <algorithm>

#include <doctest/doctest.h>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

std::string market_text(const std::string& more) {
  return R"({"name": "m", "start": "2022-01-01", "duration": "100 d", "run_in": "30 d", )" + more + R"("market": {
    "regions": [{"name": "CN", "currency": "CNY"}],
    "products": [{"name": "A", "form": "card", "list": {"CN": "80000 CNY"}},
                 {"name": "B", "form": "card", "launch": "2022-03-02", "list": {"CN": "90000 CNY"}}],
    "foundry": {"cycle": "20 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 30}]},
    "dealers": [{"name": "d", "count": 5}],
    "buyers": [{"name": "b", "count": 20, "revenue": [{"from": "2022-01-01", "a_year": "3000000000 CNY"}]}]}})";
}

TEST_CASE("a scenario of a market alone leaves a row a day region and launched product after the run-in") {
  const auto seen = tests::in_child([] {
    const Record record = simulate(tests::scenario_of(market_text("")), {}, {});
    const Table* market = record.find_table("market");
    if (market == nullptr || record.find_table("series") != nullptr) return std::vector<double>{};
    const auto& date = std::get<TextColumn>(market->columns[0].values);
    double delivered = 0.0;
    for (const Column& column : market->columns)
      if (column.name == "deliveries")
        for (const double goods : std::get<std::vector<double>>(column.values)) delivered += goods;
    double figures = 0.0;
    for (const char* key : {"cn_a_card_delivered", "cn_b_card_delivered"})
      if (const Figure* figure = record.find_figure(key)) figures += std::get<double>(figure->value);
    return std::vector<double>{static_cast<double>(market->rows()), date[0] == "2022-01-31" ? 1.0 : 0.0,
                               date[market->rows() - 1] == "2022-04-10" ? 1.0 : 0.0, delivered, figures};
  });
  REQUIRE(seen.size() == 5);
  // Days 30 to 99 of the first product, and from day 60 on of the second.
  CHECK(seen[0] == 70 + 40);
  CHECK(seen[1] == 1.0);
  CHECK(seen[2] == 1.0);
  CHECK(seen[3] > 0.0);
  CHECK(seen[4] == seen[3]);
}

TEST_CASE("a market beside a site leaves what the site draws as it was") {
  const auto energy = [](const std::string& text) {
    return tests::in_child([&] {
      const Record record = simulate(tests::scenario_of(text), {}, {});
      return std::vector<double>{std::get<double>(record.find_figure("energy_mwh")->value)};
    });
  };
  const std::string sites = R"("sites": [{"name": "s", "it_load": "3 MW"}])";
  CHECK(energy(market_text(sites + ", ")) ==
        energy(R"({"name": "m", "start": "2022-01-01", "duration": "100 d", "run_in": "30 d", )" + sites + "}"));
}

TEST_CASE("all faults of a market are told at once") {
  const std::string text = R"({"name": "m", "start": "2022-01-01", "market": {
    "regions": [{"name": "CN", "currency": "CNY"}, {"name": "US", "currency": "USD"}],
    "products": [{"name": "A", "form": "card", "list": {"CN": "80000 USD", "UK": "5 USD"}}],
    "foundry": {"capacity": [{"from": "2022-02-01", "gpus_per_day": 30}, {"from": "2022-01-01", "gpus_per_day": 3}]},
    "dealers": [{"name": "d", "count": 5}],
    "buyers": [{"name": "b", "region": "UX", "count": 0, "revenue": []}]}})";
  try {
    tests::scenario_of(text);
    FAIL("a broken market was taken");
  } catch (const InputError& error) {
    std::vector<std::string> places;
    for (const Fault& fault : error.faults()) places.push_back(fault.where);
    for (const char* place : {"/market/products/0/list", "/market/foundry/capacity", "/market/dealers/0",
                              "/market/buyers/0/region", "/market/buyers/0/count", "/market/buyers/0/revenue"}) {
      CAPTURE(place);
      CHECK(std::ranges::count(places, place) >= 1);
    }
  }
  CHECK_THROWS_AS(tests::scenario_of(R"({"name": "m", "start": "2022-01-01", "duration": "1 d"})"), InputError);
}

}  // namespace
}  // namespace chokepoint::sim
