#include "analysis/calibration/search.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

/// Rosenbrock (1960) on the square from -2 to 2: least, 0, at (1, 1).
double rosenbrock(std::span<const double> at) {
  const double x = 4.0 * at[0] - 2.0, y = 4.0 * at[1] - 2.0;
  return 100.0 * (y - x * x) * (y - x * x) + (1.0 - x) * (1.0 - x);
}

/// Two wells, the deeper one narrow, at 0.85.
double two_wells(std::span<const double> at) {
  const auto well = [&](double centre, double width) { return std::exp(-std::pow((at[0] - centre) / width, 2.0)); };
  return 2.0 - well(0.3, 0.2) - 1.5 * well(0.85, 0.05);
}

}  // namespace

TEST_CASE("every method finds the end of the valley of Rosenbrock") {
  for (const auto method : {SearchMethod::sbplx, SearchMethod::bobyqa, SearchMethod::crs2}) {
    const Minimum found =
        minimize(rosenbrock, {.method = method, .start = {0.2, 0.75}, .most_evaluations = 20000, .precision = 1e-8});
    CAPTURE(static_cast<int>(method));
    CHECK(found.value < 1e-6);
    CHECK(found.at[0] == doctest::Approx(0.75).epsilon(1e-3));
    CHECK(found.at[1] == doctest::Approx(0.75).epsilon(1e-3));
  }
}

TEST_CASE("a global method finds the deeper of two wells from a start in the other") {
  const Search search{.start = {0.3}, .most_evaluations = 400};
  CHECK(minimize(two_wells, search).at[0] == doctest::Approx(0.3).epsilon(0.05));
  for (const auto method : {SearchMethod::crs2, SearchMethod::direct}) {
    Search global = search;
    global.method = method;
    CHECK(minimize(two_wells, global).at[0] == doctest::Approx(0.85).epsilon(0.01));
  }
}

TEST_CASE("common random numbers make the minimum of a noisy bowl exact") {
  // The mean of the same draws at every place is a constant: it moves the value and not the place.
  const auto bowl = [](std::span<const double> at) {
    sim::RandomStream draws(7, 0, "bowl");
    double noise = 0.0;
    for (int i = 0; i < 10; ++i) noise += draws.normal() / 10.0;
    return 50.0 * (std::pow(at[0] - 0.4, 2.0) + std::pow(at[1] - 0.6, 2.0)) + noise;
  };
  const Minimum found = minimize(bowl, {.method = SearchMethod::bobyqa, .start = {0.5, 0.5}});
  CHECK(found.at[0] == doctest::Approx(0.4).epsilon(1e-3));
  CHECK(found.at[1] == doctest::Approx(0.6).epsilon(1e-3));
}

TEST_CASE("a fixed coordinate stays and the others are the best beside it") {
  // Of Rosenbrock at x = 0: y = 0, with 1 left.
  for (const auto method : {SearchMethod::sbplx, SearchMethod::bobyqa}) {
    const Minimum found = minimize(rosenbrock, {.method = method, .start = {0.5, 0.9}, .fixed = 0});
    CHECK(found.at[0] == 0.5);
    CHECK(found.at[1] == doctest::Approx(0.5).epsilon(0.01));
    CHECK(found.value == doctest::Approx(1.0).epsilon(0.01));
  }
}

TEST_CASE("a search asks for no more evaluations than it may and passes places without a value by") {
  int asked = 0;
  const auto hole = [&](std::span<const double> at) {
    ++asked;
    return at[0] < 0.5 ? std::numeric_limits<double>::quiet_NaN() : at[0] * at[0] + at[1];
  };
  const Minimum found = minimize(hole, {.start = {0.9, 0.9}, .most_evaluations = 150});
  CHECK(asked <= 150);
  CHECK(found.value < 0.3);
  CHECK(found.at[0] >= 0.5);
}

TEST_CASE("what the objective throws ends the search and is thrown") {
  int asked = 0;
  const auto broken = [&](std::span<const double>) -> double {
    if (++asked == 3) throw std::runtime_error("a run failed");
    return 1.0 / asked;
  };
  CHECK_THROWS_WITH(minimize(broken, {.start = {0.5, 0.5}}), "a run failed");
  CHECK(asked == 3);
}

}  // namespace chokepoint::analysis
