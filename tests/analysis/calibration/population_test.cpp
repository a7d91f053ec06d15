#include "analysis/calibration/population.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <doctest/doctest.h>

#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::analysis {
namespace {

template <class Deviance>
Deviances each(const Deviance& deviance) {
  return [deviance](std::span<const std::vector<double>> places) {
    std::vector<double> values;
    for (const auto& place : places) values.push_back(deviance(place));
    return values;
  };
}

struct Moments {
  double mean = 0.0;
  double sd = 0.0;
};

Moments moments_of(const Population& population, std::size_t coordinate) {
  const auto weights = population.weights(population.deviances);
  Moments moments;
  for (std::size_t i = 0; i < weights.size(); ++i) moments.mean += weights[i] * population.places[i][coordinate];
  for (std::size_t i = 0; i < weights.size(); ++i)
    moments.sd += weights[i] * std::pow(population.places[i][coordinate] - moments.mean, 2.0);
  moments.sd = std::sqrt(moments.sd);
  return moments;
}

}  // namespace

TEST_CASE("a normal likelihood far inside the cube gives a normal sample") {
  // Of volume 1e-6 of the cube, so that the first wave hardly meets it.
  const auto bell = [](const std::vector<double>& at) {
    return std::pow((at[0] - 0.3) / 0.01, 2.0) + std::pow((at[1] - 0.8) / 0.002, 2.0) +
           std::pow((at[2] - 0.5) / 0.02, 2.0);
  };
  const Population population = sample_population({.dimensions = 3, .effective = 1000.0}, each(bell));
  REQUIRE(population.settled);
  const double mean[] = {0.3, 0.8, 0.5}, sd[] = {0.01, 0.002, 0.02};
  for (std::size_t k = 0; k < 3; ++k) {
    const Moments moments = moments_of(population, k);
    CHECK(moments.mean == doctest::Approx(mean[k]).epsilon(0.01));
    CHECK(moments.sd == doctest::Approx(sd[k]).epsilon(0.08));
  }
}

TEST_CASE("a likelihood that says nothing gives the prior") {
  const Population population = sample_population({.dimensions = 2}, each([](const auto&) { return 3.0; }));
  CHECK(population.waves == 1);
  const auto weights = population.weights(population.deviances);
  std::vector<double> first;
  for (const auto& place : population.places) first.push_back(place[0]);
  for (const double p : {0.05, 0.5, 0.95})
    CHECK(models::SortedSample(first, weights).quantile(p, models::QuantileOf::population) ==
          doctest::Approx(p).epsilon(0.03));
}

TEST_CASE("a likelihood that leans on an edge gives a half normal") {
  // Of scale 0.1 at 0: mean 0.1 sqrt(2 / pi), variance 0.01 (1 - 2 / pi).
  const auto half = [](const std::vector<double>& at) { return std::pow(at[0] / 0.1, 2.0); };
  const Population population = sample_population({.dimensions = 1, .effective = 2000.0, .seed = 3}, each(half));
  const Moments moments = moments_of(population, 0);
  CHECK(moments.mean == doctest::Approx(0.0798).epsilon(0.03));
  CHECK(moments.sd == doctest::Approx(0.0603).epsilon(0.04));
}

TEST_CASE("two places that fit alike share the sample") {
  const auto twins = [](const std::vector<double>& at) {
    const double first = std::hypot(at[0] - 0.2, at[1] - 0.2), second = std::hypot(at[0] - 0.7, at[1] - 0.9);
    return std::pow(std::min(first, second) / 0.02, 2.0);
  };
  const Population population = sample_population({.dimensions = 2, .effective = 600.0}, each(twins));
  const auto weights = population.weights(population.deviances);
  double first = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) first += population.places[i][0] < 0.45 ? weights[i] : 0.0;
  CHECK(first == doctest::Approx(0.5).epsilon(0.15));
}

TEST_CASE("places without a likelihood get no weight and nowhere else to go ends the sampling") {
  const double never = std::numeric_limits<double>::infinity();
  const auto left = [&](const std::vector<double>& at) { return at[0] < 0.5 ? 0.0 : never; };
  const Population some = sample_population({.dimensions = 1}, each(left));
  const auto weights = some.weights(some.deviances);
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (some.places[i][0] >= 0.5) CHECK(weights[i] == 0.0);
  const Population none = sample_population({.dimensions = 1}, each([&](const auto&) { return never; }));
  CHECK_FALSE(none.settled);
  CHECK(none.waves == 1);
  CHECK(effective_sets(none.weights(none.deviances)) == 0.0);
}

TEST_CASE("the same seed gives the same population and another one another") {
  const auto bell = [](const std::vector<double>& at) { return std::pow((at[0] - 0.3) / 0.01, 2.0); };
  const auto sampled = [&](std::uint64_t seed) {
    return sample_population({.dimensions = 1, .seed = seed}, each(bell)).places;
  };
  CHECK(sampled(1) == sampled(1));
  CHECK(sampled(1) != sampled(2));
}

}  // namespace chokepoint::analysis
