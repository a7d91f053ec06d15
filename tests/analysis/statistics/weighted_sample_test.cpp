#include "analysis/statistics/weighted_sample.hpp"

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

TEST_CASE("values of equal weight have the band of the values alone") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    sim::RandomStream draws(seed, 0, "values");
    std::vector<double> values(1 + static_cast<std::size_t>(40.0 * draws.uniform()));
    WeightedSample sample;
    for (double& value : values) {
      value = draws.uniform();
      sample.add(value, 1.0);
    }
    CHECK(sample.size() == values.size());
    CHECK(sample.weight() == static_cast<double>(values.size()));
    CHECK(sample.band() == models::quantile_band(values));
  }
}

TEST_CASE("a value of weight 0 is none and one of all the weight is all") {
  WeightedSample sample;
  sample.add(100.0, 0.0);
  sample.add(3.0, 0.5);
  CHECK(sample.band() == models::QuantileBand{.p5 = 3.0, .median = 3.0, .p95 = 3.0});
  CHECK(sample.weight() == 0.5);
}

}  // namespace
}  // namespace chokepoint::analysis
