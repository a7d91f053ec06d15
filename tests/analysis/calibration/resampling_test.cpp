#include "analysis/calibration/resampling.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

TEST_CASE("systematic draws take each index as often as its weight asks") {
  CHECK(systematic_draws(std::vector{0.5, 0.0, 0.25, 0.25}, 4, 0.5) == std::vector<std::size_t>{0, 0, 2, 3});
  CHECK(systematic_draws(std::vector{1.0, 2.0}, 3, 0.0) == std::vector<std::size_t>{0, 1, 1});
  CHECK(systematic_draws(std::vector{0.0, 3.0, 0.0}, 2, 0.9) == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a thinned sample has the members it was asked for and the weights of the whole on average") {
  const std::vector weights{0.4, 0.2, 0.1, 0.1, 0.08, 0.06, 0.03, 0.02, 0.01, 0.0};
  std::vector<double> mean(weights.size());
  const int rounds = 2000;
  for (int round = 0; round < rounds; ++round) {
    const auto kept = thinned(weights, 5, (round + 0.5) / rounds);
    REQUIRE(kept.size() == 5);
    double sum = 0.0;
    std::set<std::size_t> distinct;
    for (const Kept& one : kept) {
      sum += one.weight;
      mean[one.index] += one.weight / rounds;
      distinct.insert(one.index);
    }
    CHECK(sum == doctest::Approx(1.0));
    CHECK(distinct.size() == 5);
    CHECK(kept.front().index == 0);
    CHECK(kept.front().weight == doctest::Approx(0.4));
  }
  for (std::size_t i = 0; i < weights.size(); ++i) CHECK(mean[i] == doctest::Approx(weights[i]).epsilon(0.01));
}

TEST_CASE("a sample that is small enough is kept as it is") {
  const auto kept = thinned(std::vector{2.0, 0.0, 6.0}, 5, 0.3);
  REQUIRE(kept.size() == 2);
  CHECK(kept[1].index == 2);
  CHECK(kept[1].weight == 0.75);
}

}  // namespace chokepoint::analysis
