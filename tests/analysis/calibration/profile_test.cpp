#include "analysis/calibration/profile.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

/// Deviance of one target of x + y: what one has, the other makes up for. The third coordinate does nothing.
double ridge(std::span<const double> at) {
  return std::pow((at[0] + at[1] - 1.0) / 0.02, 2.0) + std::pow((at[0] - 0.3) / 0.1, 2.0);
}

Profile profile_of_ridge(std::size_t coordinate) {
  const std::vector<double> best{0.3, 0.7, 0.5};
  const std::vector<KnownPlace> known{{.place = best, .deviance = 0.0}};
  return profile(
      ridge, known,
      {.coordinate = coordinate, .search = {.method = SearchMethod::bobyqa, .start = {}, .most_evaluations = 100}});
}

}  // namespace

TEST_CASE("a profile is the least over the other parameters and not a cut") {
  // Along the ridge y = 1 - x the deviance is that of x alone; a cut would rise 25 times as steeply.
  const Profile found = profile_of_ridge(1);
  REQUIRE(found.at.size() == 11);
  for (std::size_t i = 0; i < found.at.size(); ++i)
    CHECK(found.deviance[i] == doctest::Approx(std::pow(found.at[i] - 0.7, 2.0) / (0.01 + 0.0004)).epsilon(0.01));
  CHECK(found.identified == Identified::both);
}

TEST_CASE("a parameter that changes nothing is not identified") {
  const Profile found = profile_of_ridge(2);
  for (const double deviance : found.deviance) CHECK(deviance < 0.01);
  CHECK(found.identified == Identified::no);
}

TEST_CASE("a parameter that is bounded on one side is said to be so") {
  const auto hinge = [](std::span<const double> at) { return std::pow(std::max(0.0, 0.5 - at[0]) / 0.05, 2.0); };
  const std::vector<double> best{0.7, 0.5};
  const std::vector<KnownPlace> known{{.place = best, .deviance = 0.0}};
  CHECK(profile(hinge, known, {.coordinate = 0, .search = {.start = {}}}).identified == Identified::from_below);
}

}  // namespace chokepoint::analysis
