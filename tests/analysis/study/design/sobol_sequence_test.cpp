#include "analysis/study/design/sobol_sequence.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include <boost/random/sobol.hpp>
#include <doctest/doctest.h>

#include "analysis/study/design/design_draws.hpp"
#include "analysis/study/design/sobol_design.hpp"

namespace chokepoint::analysis {
namespace {

double unit(std::uint64_t digits) {
  return static_cast<double>(digits) * 0x1p-64;
}

// Joe and Kuo, web.maths.unsw.edu.au/~fkuo/sobol: the ten first points in three dimensions.
TEST_CASE("the sequence begins as the published one does") {
  static constexpr double published[10][3]{{0, 0, 0},
                                           {0.5, 0.5, 0.5},
                                           {0.75, 0.25, 0.25},
                                           {0.25, 0.75, 0.75},
                                           {0.375, 0.375, 0.625},
                                           {0.875, 0.875, 0.125},
                                           {0.625, 0.125, 0.875},
                                           {0.125, 0.625, 0.375},
                                           {0.1875, 0.3125, 0.9375},
                                           {0.6875, 0.8125, 0.4375}};
  const SobolSequence sequence(3);
  std::array<std::uint64_t, 3> point{};
  for (std::uint64_t i = 0; i < 10; ++i) {
    CAPTURE(i);
    sequence.at(i, point);
    for (std::size_t k = 0; k < 3; ++k) CHECK(unit(point[k]) == published[i][k]);
  }
}

TEST_CASE("any point at once is the one that the engine comes to") {
  constexpr std::size_t dimensions = 40;
  const SobolSequence sequence(dimensions);
  boost::random::sobol engine(dimensions);
  std::vector<std::uint64_t> point(dimensions);
  for (std::uint64_t i = 1; i < 3000; ++i) {
    sequence.at(i, point);
    for (const std::uint64_t coordinate : point) REQUIRE(coordinate == engine());
  }
  engine.seed(999'999'999);
  sequence.at(1'000'000'000, point);
  for (const std::uint64_t coordinate : point) CHECK(coordinate == engine());
}

TEST_CASE("the first points of a power of two fall one into each part of each side") {
  constexpr std::size_t dimensions = 100;
  const SobolDesign design(256, {.seed = 3, .names = std::vector<std::string>(dimensions, "x")});
  std::vector<std::vector<int>> hits(dimensions, std::vector<int>(256));
  std::vector<double> point(dimensions);
  for (std::uint64_t i = 0; i < 256; ++i) {
    design.place(i, point);
    for (std::size_t k = 0; k < dimensions; ++k) {
      REQUIRE(point[k] > 0.0);
      REQUIRE(point[k] < 1.0);
      ++hits[k][static_cast<std::size_t>(point[k] * 256.0)];
    }
  }
  for (const auto& side : hits) CHECK(std::ranges::all_of(side, [](int count) { return count == 1; }));
}

// Over five sides the product of |4x - 2| has the integral 1.
TEST_CASE("an integral by an even sample is ten times as exact as by a random one") {
  constexpr std::uint64_t points = 4096;
  constexpr int trials = 20;
  const auto integrand = [](const std::array<double, 5>& x) {
    return std::accumulate(x.begin(), x.end(), 1.0,
                           [](double product, double each) { return product * std::abs(4.0 * each - 2.0); });
  };
  double even = 0.0;
  double random = 0.0;
  for (int trial = 0; trial < trials; ++trial) {
    const auto seed = static_cast<std::uint64_t>(trial);
    const SobolDesign design(points, {.seed = seed, .names = {"a", "b", "c", "d", "e"}});
    sim::RandomStream stream(seed, 0, "x");
    double even_sum = 0.0;
    double random_sum = 0.0;
    std::array<double, 5> x{};
    for (std::uint64_t i = 0; i < points; ++i) {
      design.place(i, x);
      even_sum += integrand(x);
      for (double& each : x) each = stream.uniform();
      random_sum += integrand(x);
    }
    even += std::pow(even_sum / points - 1.0, 2) / trials;
    random += std::pow(random_sum / points - 1.0, 2) / trials;
  }
  MESSAGE("root mean square error: even ", std::sqrt(even), ", random ", std::sqrt(random));
  CHECK(std::sqrt(even) < std::sqrt(random) / 10.0);
}

}  // namespace
}  // namespace chokepoint::analysis
