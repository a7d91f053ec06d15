#include "analysis/statistics/variance_parts.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

TEST_CASE("luck and ignorance are told apart by hand") {
  // Sets 0 and 10 with the same luck of +-1: within variance 2, between 25, and nothing is neither.
  const std::vector<std::vector<double>> values{{-1.0, 1.0}, {9.0, 11.0}};
  const VarianceParts parts = variance_parts(values, std::vector{1.0, 1.0});
  CHECK(parts.mean == doctest::Approx(5.0));
  CHECK(parts.luck == doctest::Approx(2.0));
  CHECK(parts.ignorance == doctest::Approx(25.0));
  CHECK(parts.share_of_ignorance() == doctest::Approx(25.0 / 27.0));
  CHECK(parts.of_luck.low == doctest::Approx(4.0));
  CHECK(parts.of_luck.high == doctest::Approx(6.0));
  CHECK(parts.of_ignorance.low == doctest::Approx(0.0));
  CHECK(parts.both.high == doctest::Approx(11.0));
  // Three times the weight on the first: mean 2.5, between 3/4 * 2.5^2 + 1/4 * 7.5^2.
  CHECK(variance_parts(values, std::vector{3.0, 1.0}).ignorance == doctest::Approx(18.75));
}

TEST_CASE("sets that are all alike show luck alone and sets without luck ignorance alone") {
  const std::vector<std::vector<double>> alike{{1.0, 2.0, 6.0}, {1.0, 2.0, 6.0}};
  CHECK(variance_parts(alike, std::vector{0.5, 0.5}).share_of_ignorance() == 0.0);
  const std::vector<std::vector<double>> sure{{1.0, 1.0}, {2.0, 2.0}};
  CHECK(variance_parts(sure, std::vector{0.5, 0.5}).share_of_ignorance() == 1.0);
  const std::vector<std::vector<double>> constant{{1.0, 1.0}, {1.0, 1.0}};
  CHECK(variance_parts(constant, std::vector{0.5, 0.5}).share_of_ignorance() == 0.0);
}

TEST_CASE("few replicates of many sets give the variances that made them") {
  // Ignorance of variance 4, luck that the sets share of 1 and that they do not of 2.
  double luck = 0.0, ignorance = 0.0;
  const int rounds = 200;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    sim::RandomStream draws(1, round, "variance parts");
    std::vector<std::vector<double>> values(60, std::vector<double>(3));
    const double shared[] = {draws.normal(), draws.normal(), draws.normal()};
    for (auto& set : values) {
      const double level = 2.0 * draws.normal();
      for (std::size_t r = 0; r < 3; ++r) set[r] = level + shared[r] + std::sqrt(2.0) * draws.normal();
    }
    const VarianceParts parts = variance_parts(values, std::vector<double>(60, 1.0));
    luck += parts.luck / rounds;
    ignorance += parts.ignorance / rounds;
  }
  CHECK(luck == doctest::Approx(3.0).epsilon(0.1));
  CHECK(ignorance == doctest::Approx(4.0).epsilon(0.05));
}

}  // namespace chokepoint::analysis
