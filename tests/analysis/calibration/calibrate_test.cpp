#include "analysis/calibration/calibrate.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

/// Three outcomes of two parameters, without luck; every place with a first coordinate above 0.9 fails.
std::vector<Outcomes> line(std::span<const std::vector<double>> places) {
  std::vector<Outcomes> all;
  for (const auto& at : places) {
    const double lost = at[0] > 0.9 ? std::numeric_limits<double>::quiet_NaN() : 0.0;
    all.push_back({{at[0] + lost}, {at[0] + at[1] + lost}, {at[1] - at[0] + lost}});
  }
  return all;
}

std::vector<Target> targets() {
  return {{.outcome = "a", .column = 0, .value = 0.4, .tolerance = 0.02},
          {.outcome = "b", .column = 1, .value = 0.9, .tolerance = 0.03, .naive = {{"last", {0.7, 0.7}}}},
          {.outcome = "c", .column = 2, .value = 0.1, .tolerance = 0.05}};
}

const CalibrationPlan small{.sets = 50, .wave = 100, .starts = 1, .profile_points = 5};

}  // namespace

TEST_CASE("an ensemble has the members it was asked for and none that is implausible or failed") {
  const Calibration found = calibrate(2, targets(), line, small);
  REQUIRE(found.population.settled);
  CHECK(found.members.size() == 50);
  double weights = 0.0;
  for (const Kept& member : found.members) {
    weights += member.weight;
    CHECK(found.evaluated[member.index].implausibility <= 3.0);
    CHECK(found.evaluated[member.index].place[0] <= 0.9);
  }
  CHECK(weights == doctest::Approx(1.0));
}

TEST_CASE("the best set is the least square solution and its misfit is the weighted mean") {
  // Normal equations of x = 0.4 (weight 1 / 0.02^2), x + y = 0.9 (1 / 0.03^2), y - x = 0.1 (1 / 0.05^2) hold exactly at
  // no place but (0.4, 0.5): all three agree.
  const Calibration found = calibrate(2, targets(), line, small);
  const EvaluatedSet& best = found.evaluated[found.best];
  CHECK(best.place[0] == doctest::Approx(0.4).epsilon(0.01));
  CHECK(best.place[1] == doctest::Approx(0.5).epsilon(0.01));
  CHECK(best.misfit < 0.01);
  auto uneven = targets();
  uneven[0].weight = 3.0;
  const EvaluatedSet set = held_against(uneven, Centre::mean, {{0.44}, {0.9}, {0.2}});
  CHECK(set.misfit == doctest::Approx((3.0 * 4.0 + 0.0 + 4.0) / 5.0));
  CHECK(set.deviance == doctest::Approx(16.0));
  CHECK(set.implausibility == doctest::Approx(2.0));
}

TEST_CASE("bands are judged against the untuned range and what the study gives") {
  const Calibration found = calibrate(2, targets(), line, small);
  REQUIRE(found.judgements.size() == 3);
  const TargetJudgement& second = found.judgements[1];
  // Of x + y: posterior variance of the two that are left out of three, and the tolerance of 0.03 around it.
  REQUIRE(second.left_out.has_value());
  CHECK(second.left_out->band.low < 0.9);
  CHECK(second.left_out->band.high > 0.9);
  REQUIRE(second.naive.size() == 2);
  CHECK(second.fitted.score < second.left_out->score);
  CHECK(second.left_out->score < second.naive[0].score);
  CHECK(second.naive[1].score == doctest::Approx(20.0 * 0.2));
}

TEST_CASE("a target left out is foretold by the others with their own standard deviation") {
  // x = 0.4 +- 0.02 and y - x = 0.1 +- 0.05 give x + y = 0.9 with variance 4 * 0.02^2 + 0.05^2, and its own 0.03^2.
  CalibrationPlan plan = small;
  plan.sets = 400;  // and so the waves go on for 800
  const Calibration found = calibrate(2, targets(), line, plan);
  const Band band = found.judgements[1].left_out->band;
  const double sd = std::sqrt(4.0 * 0.02 * 0.02 + 0.05 * 0.05 + 0.03 * 0.03);
  CHECK(band.low == doctest::Approx(0.9 - 1.645 * sd).epsilon(0.02));
  CHECK(band.high == doctest::Approx(0.9 + 1.645 * sd).epsilon(0.02));
}

TEST_CASE("targets out of reach leave an empty ensemble and the nearest set") {
  auto out = targets();
  out[0].value = 3.0;
  const Calibration found = calibrate(2, out, line, small);
  CHECK(found.members.empty());
  CHECK(found.evaluated[found.best].implausibility > 3.0);
}

TEST_CASE("the same seed gives the same calibration") {
  const Calibration first = calibrate(2, targets(), line, small), second = calibrate(2, targets(), line, small);
  REQUIRE(first.evaluated.size() == second.evaluated.size());
  for (std::size_t i = 0; i < first.evaluated.size(); ++i) CHECK(first.evaluated[i].place == second.evaluated[i].place);
  CHECK(first.members.size() == second.members.size());
}

}  // namespace chokepoint::analysis
