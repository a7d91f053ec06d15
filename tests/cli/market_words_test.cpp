#include "cli/market_words.hpp"

#include <doctest/doctest.h>

#include "cli/scenario_words.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::cli {
namespace {

TEST_CASE("a market is told by its agents and makers and variants and by its shocks with their dates") {
  const sim::Scenario scenario = tests::scenario_of(R"({"name": "m", "start": "2022-01-01", "duration": "100 d",
    "currency": "CNY", "exchange_rates": {"USD": "7 CNY"}, "market": {
    "regions": [{"name": "CN", "currency": "CNY"}, {"name": "US", "currency": "USD"}, {"name": "EU", "currency": "EUR"}],
    "makers": [{"name": "home", "foundry": {"cycle": "40 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 9}]}}],
    "products": [{"name": "A", "form": "card", "list": {"CN": "80000 CNY"}, "launch": "2022-03-02",
                  "ramp": {"from": "2021-12-02", "until": "2022-09-01"}},
                 {"name": "B", "form": "card", "list": {"CN": "70000 CNY"},
                  "respin": {"of": "A", "after": "rule", "delay": "45 d"}},
                 {"name": "910B", "form": "card", "list": {"CN": "70000 CNY"}, "maker": "home"}],
    "foundry": {"cycle": "20 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 90}]},
    "dealers": [{"name": "d", "region": "CN", "count": 5}, {"name": "e", "region": "CN", "count": 2},
                {"name": "f", "region": "US", "count": 1}],
    "buyers": [{"name": "b", "region": "CN", "count": 20, "revenue": [{"from": "2022-01-01", "a_year": "9e9 CNY"}]},
               {"name": "l", "region": "CN", "count": 3, "revenue": [{"from": "2022-01-01", "a_year": "9e9 CNY"}],
                "lets": {}}],
    "speculators": [{"name": "s", "region": "CN", "count": 4, "capital": "1000000 CNY"}],
    "importers": [{"name": "bags", "from": "US", "region": "CN", "capital": "50000000 CNY"},
                  {"name": "trade", "from": "US", "region": "CN", "capital": "2500000 CNY", "grey": false}],
    "shocks": [{"name": "talk", "kind": "rumour", "about": "rule", "announced": "2022-02-01", "believed": 0.5,
                "notice": "60 d"},
               {"name": "rule", "kind": "export-rule", "announced": "2022-03-01", "effective": "2022-03-31",
                "end": "2022-12-01", "brought_forward": {"to": "2022-03-07", "chance": 0.7},
                "withdrawn": {"known": "2022-03-29", "chance": 0.2}, "products": ["A"]},
               {"name": "fire", "kind": "foundry-outage", "chance": 0.25, "announced": "2022-02-11", "size": 0.5},
               {"name": "flood", "kind": "foundry-outage", "announced": "2021-02-11", "end": "2021-12-01", "size": 0.5},
               {"name": "later", "kind": "foundry-outage", "announced": "2022-04-11", "size": 0.5}]}})");
  CHECK(market_words(scenario) ==
        R"(Market, once a day.
  Region "CN": 7 dealers, 20 buyers, 3 lessors, 4 speculators, money in CNY.
    Importers "bags" from US, past rules of export: 50 million CNY.
    Importers "trade" from US, within the law: 2.5 million CNY.
  Region "US": 1 dealer, money in USD.
  Region "EU": nobody, money in EUR.
  A, card: on sale from 2022-03-02 on; its making is learnt from 2021-12-02 to 2022-09-01.
  B, card: a variant of A, on sale 45 days after "rule" is announced.
  910B, card: on sale from 2022-01-01 on.
  The foundry makes A, B; goods take 20 days.
  "home" makes 910B; goods take 40 days.
Shocks, by their place in /market/shocks:
  0: "talk", rumour about "rule": announced 2022-02-01.
  1: "rule", export-rule: announced 2022-03-01, in force from 2022-03-31 (brought forward to 2022-03-07, chance 70 %), until 2022-12-01; 20 % withdrawn 2022-03-29.
  2: "fire", foundry-outage with a chance of 25 %: announced 2022-02-11, in force from 2022-02-11.
  3: "flood", foundry-outage: announced 2021-02-11, in force from 2021-02-11, until 2021-12-01, which is before the start.
  4: "later", foundry-outage: announced 2022-04-11, which is after the end, in force from 2022-04-11.
)");
  CHECK(scenario_words(scenario).find(market_words(scenario)) != std::string::npos);
}

}  // namespace
}  // namespace chokepoint::cli
