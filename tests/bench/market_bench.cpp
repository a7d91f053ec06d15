#include <benchmark/benchmark.h>

#include "bench/child_process.hpp"
#include "sim/market/market.hpp"
#include "sim/market/small_market.hpp"

// Three years of days: 200 buyers and 40 dealers of one product, of four in two regions, and 10,000 buyers.

namespace chokepoint::bench {
namespace {

sim::MarketSpec market_of(std::int64_t buyers, std::size_t regions, std::size_t products) {
  sim::MarketSpec spec = tests::small_market();
  spec.buyers[0].count = buyers;
  spec.dealers[0].count = 40;
  spec.products.resize(1);
  const auto product = spec.products.front();
  for (std::size_t k = 1; k < products; ++k) {
    spec.products.push_back(product);
    spec.products.back().compute = 1.0 + 0.1 * static_cast<double>(k);
  }
  const auto region = spec.regions.front();
  for (std::size_t r = 1; r < regions; ++r) {
    spec.regions.push_back(region);
    spec.buyers.push_back(spec.buyers.front());
    spec.buyers.back().region = r;
    spec.dealers.push_back(spec.dealers.front());
    spec.dealers.back().region = r;
  }
  for (auto& one : spec.products) one.list_price.assign(regions, one.list_price.front());
  return spec;
}

void three_years(benchmark::State& state) {
  const auto spec =
      market_of(state.range(0), static_cast<std::size_t>(state.range(1)), static_cast<std::size_t>(state.range(2)));
  for (auto _ : state)
    state.SetIterationTime(in_child([&] {
                             Cost cost;
                             sim::Kernel kernel;
                             sim::Market market(kernel, {.spec = spec, .days = 1096, .keep_details = false});
                             cost.seconds = seconds_of([&] { kernel.run(); });
                             return cost;
                           }).seconds);
}

BENCHMARK(three_years)
    ->Name("market/buyers/regions/products")
    ->Args({200, 1, 1})
    ->Args({200, 2, 4})
    ->Args({10'000, 1, 1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
