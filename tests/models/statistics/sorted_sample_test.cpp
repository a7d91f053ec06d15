#include "models/statistics/sorted_sample.hpp"

#include <random>

#include <doctest/doctest.h>

#include "models/statistics/normal_distribution.hpp"

namespace chokepoint::models {
namespace {

constexpr auto sample = QuantileOf::sample;
constexpr auto population = QuantileOf::population;

}  // namespace

TEST_CASE("quantiles of a sample and of its population are those of the rules 7 and 6") {
  // R: quantile(c(40, 10, 30, 20), c(.05, .2, .25, .5, .95), type = 7) and type = 6.
  const SortedSample four({40.0, 10.0, 30.0, 20.0});
  const double shares[] = {0.05, 0.2, 0.25, 0.5, 0.95};
  const double seventh[] = {11.5, 16.0, 17.5, 25.0, 38.5}, sixth[] = {10.0, 10.0, 12.5, 25.0, 40.0};
  for (int i = 0; i < 5; ++i) {
    CHECK(four.quantile(shares[i], sample) == doctest::Approx(seventh[i]));
    CHECK(four.quantile(shares[i], population) == doctest::Approx(sixth[i]));
  }
}

TEST_CASE("equal weights give the quantiles of no weights") {
  const std::vector<double> values{3.0, 9.0, -1.0, 4.0, 4.0, 12.0, 0.5};
  const SortedSample plain(values), weighted(values, std::vector<double>(values.size(), 0.3));
  for (int i = 0; i <= 20; ++i)
    for (const QuantileOf of : {sample, population})
      CHECK(weighted.quantile(i / 20.0, of) == doctest::Approx(plain.quantile(i / 20.0, of)));
}

TEST_CASE("a value of twice the weight moves the median and one without weight does not") {
  const auto median = [](const std::vector<double>& values, const std::vector<double>& weights) {
    return SortedSample(values, weights).quantile(0.5, population);
  };
  CHECK(median({1.0, 2.0, 3.0}, {1.0, 1.0, 2.0}) == doctest::Approx(2.3333333));
  CHECK(median({1.0, 2.0, 99.0}, {1.0, 1.0, 0.0}) == doctest::Approx(1.5));
  CHECK(SortedSample(std::vector{7.0}, std::vector{0.3}).quantile(0.9, population) == 7.0);
}

TEST_CASE("the central interval of a population holds the share of new draws that it names") {
  std::mt19937 generator(1);
  const auto normal = [&] { return normal_quantile((static_cast<double>(generator()) + 0.5) / 4294967296.0); };
  for (const std::size_t size : {20u, 50u}) {
    double held = 0.0;
    const int rounds = 4000;
    for (int round = 0; round < rounds; ++round) {
      std::vector<double> values(size);
      for (double& value : values) value = normal();
      const SortedSample drawn(std::move(values));
      const double next = normal();
      held += drawn.quantile(0.05, population) <= next && next <= drawn.quantile(0.95, population);
    }
    CAPTURE(size);
    CHECK(held / rounds == doctest::Approx(0.9).epsilon(0.015));
  }
}

TEST_CASE("weights are worth as many equal ones as Kish says") {
  CHECK(effective_count(std::vector{2.0, 2.0, 2.0}) == doctest::Approx(3.0));
  CHECK(effective_count(std::vector{3.0, 1.0}) == doctest::Approx(1.6));
  CHECK(effective_count(std::vector{0.0, 0.0}) == 0.0);
}

}  // namespace chokepoint::models
