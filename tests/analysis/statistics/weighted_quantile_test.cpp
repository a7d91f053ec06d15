#include "analysis/statistics/weighted_quantile.hpp"

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

TEST_CASE("equal weights give the quantiles of Weibull") {
  const std::vector<double> values{40.0, 10.0, 30.0, 20.0};
  const std::vector<double> weights(4, 2.0);
  CHECK(weighted_quantile(values, weights, 0.5) == doctest::Approx(25.0));
  CHECK(weighted_quantile(values, weights, 0.2) == doctest::Approx(10.0));
  CHECK(weighted_quantile(values, weights, 0.25) == doctest::Approx(12.5));
  CHECK(weighted_quantile(values, weights, 0.05) == doctest::Approx(10.0));
  CHECK(weighted_quantile(values, weights, 0.95) == doctest::Approx(40.0));
}

TEST_CASE("a value of twice the weight moves the median and one without weight does not") {
  CHECK(weighted_quantile(std::vector{1.0, 2.0, 3.0}, std::vector{1.0, 1.0, 2.0}, 0.5) == doctest::Approx(2.3333333));
  CHECK(weighted_quantile(std::vector{1.0, 2.0, 99.0}, std::vector{1.0, 1.0, 0.0}, 0.5) == doctest::Approx(1.5));
  CHECK(weighted_quantile(std::vector{7.0}, std::vector{0.3}, 0.9) == 7.0);
}

TEST_CASE("the central interval of any sample holds the share of new draws that it names") {
  for (const std::size_t size : {20u, 50u}) {
    sim::RandomStream draws(1, 0, "weighted quantile");
    double held = 0.0;
    const int rounds = 4000;
    for (int round = 0; round < rounds; ++round) {
      std::vector<double> values(size);
      for (double& value : values) value = draws.normal();
      const std::vector<double> weights(size, 1.0);
      const double next = draws.normal();
      held += weighted_quantile(values, weights, 0.05) <= next && next <= weighted_quantile(values, weights, 0.95);
    }
    CAPTURE(size);
    CHECK(held / rounds == doctest::Approx(0.9).epsilon(0.015));
  }
}

}  // namespace chokepoint::analysis
