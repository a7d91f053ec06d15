#include "cli/starters.hpp"

namespace chokepoint::cli {

const std::string_view cluster_starter = R"({
  // A scenario to start from; it runs as it is:
  //   chokepoint check @.json --describe     says in words what it simulates
  //   chokepoint run @.json                  simulates it
  //   chokepoint run @.json --set /sites/0/limit="20 kW" --out results
  // Quantities are texts with a unit; "chokepoint schema" lists all keys, "chokepoint catalogue" all names.
  "name": "@",
  "title": "Four servers, jobs by chance, a week of electricity",

  // On the clock of the first site. An "end" may stand in place of the "duration".
  "start": "2026-01-05",
  "duration": "7 d",
  "currency": "CNY",
  // What one unit of another currency is worth. An assumption: put in the rate of your day.
  "exchange_rates": {"USD": "7 CNY"},
  "seed": 1,

  "sites": [
    {
      "name": "site",
      "time_zone": "Asia/Shanghai",
      "tariff": "yangquan-flat",
      "carbon": "china",
      // Facility power over IT power: a number, or a name of "chokepoint catalogue cooling".
      "pue": 1.3,
      // The most that the grid gives; where it is short, no more jobs start ("slow" and "suspend" are the others).
      "limit": "40 kW",
      "on_limit": "hold"
    }
  ],

  "fleets": [
    {
      "name": "cluster",
      // A name of "chokepoint catalogue servers".
      "server": "dgx-a100-80gb",
      "nodes": 4,
      "scheduler": "fifo",
      "placement": "best-fit",
      // Jobs by chance; {"kind": "trace", "file": "jobs.csv"} replays those of a real cluster.
      "workload": {
        "kind": "synthetic",
        "mean_interval": "20 min",
        "median_duration": "1 h",
        "log_sd": 1.0,
        "sizes": [
          {"gpus": 1, "weight": 60},
          {"gpus": 4, "weight": 25},
          {"gpus": 8, "weight": 15}
        ]
      }
    }
  ]
}
)";

const std::string_view market_starter = R"({
  // A market for accelerators to start from; it runs as it is:
  //   chokepoint check @.json --describe     says in words who trades and what happens
  //   chokepoint run @.json --out results    simulates it; results/market.csv has prices, lead times and stocks by day
  //   chokepoint paths @.json --product "H20 card" --with /market/shocks/0/chance=0
  //                                          the spot price month by month, with the shock and without
  // Quantities are texts with a unit; "chokepoint schema" lists all keys. All figures below are assumptions.
  "name": "@",
  "title": "One card that earns more each year, and a disaster at the foundry",
  "start": "2026-01-01",
  "end": "2028-01-01",
  // Simulated but not counted: by then goods on the way and orders are those of a market at work.
  "run_in": "180 d",
  "currency": "CNY",
  "seed": 1,

  "market": {
    "regions": [{"name": "CN", "currency": "CNY"}],
    "products": [
      // A name of "chokepoint catalogue accelerators", by whose attributes export rules go.
      {"name": "H20", "form": "card", "accelerator": "h20-96gb", "compute": 1.0, "list": {"CN": "85000 CNY"}}
    ],
    "foundry": {
      // From a good's start to its end.
      "cycle": "90 d",
      // Straight between these days.
      "capacity": [
        {"from": "2026-01-01", "gpus_per_day": 1000},
        {"from": "2027-12-31", "gpus_per_day": 1500}
      ]
    },
    // The others of "allocation" are "proportional" and "uniform".
    "vendor": {"allocation": "tiers", "transit": "7 d", "deposit": "20 %"},
    "dealers": [{"name": "dealers", "count": 40}],
    "buyers": [
      {
        "name": "clouds",
        "count": 100,
        // What they earn by compute, all together and straight between these days: it is what makes demand.
        "revenue": [
          {"from": "2026-01-01", "a_year": "70000000000 CNY"},
          {"from": "2027-12-31", "a_year": "140000000000 CNY"}
        ]
      },
      {
        // One who orders all from the vendor: rows of its own in results/allocations.csv.
        "name": "my lab",
        "count": 1,
        "direct_share": "100 %",
        "decision_delay": "30 d",
        "revenue": [{"from": "2026-01-01", "a_year": "300000000 CNY"}]
      }
    ],
    "speculators": [{"name": "speculators", "count": 5, "capital": "50000000 CNY"}],
    "shocks": [
      // Half of the foundry is lost for three months, and nobody saw it coming.
      {
        "name": "earthquake",
        "kind": "foundry-outage",
        "announced": "2027-01-15",
        "end": "2027-04-15",
        "size": 0.5
      }
    ]
  }
}
)";

}  // namespace chokepoint::cli
