#include "analysis/training/simulated_steps.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/training/score_table.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {
namespace {

doctest::Approx within(double share, double value) {
  return doctest::Approx(value).epsilon(share);
}

/// The core rows of the four tables of Megatron-LM and of Korthikanti et al., with the plans of the score.
std::vector<PredictedStep> megatron_steps(const sim::MeasurementTable& table) {
  std::vector<PredictedStep> steps;
  for (const PredictedStep& step : score_table(table).core.steps)
    if (step.measured->source.starts_with("megatron") || step.measured->source.starts_with("korthikanti"))
      steps.push_back(step);
  return steps;
}

}  // namespace

TEST_CASE("communication of the published Megatron steps takes the simulated time within 5 %" *
          doctest::test_suite("heavy")) {
  const auto table = sim::read_measurement_table(CHOKEPOINT_SOURCE_DIR "/models/training/measured_steps.csv");
  std::vector<models::TrainingSetup> setups;
  for (const PredictedStep& step : megatron_steps(table)) setups.push_back(step.setup);
  REQUIRE(setups.size() == 40);
  for (const StepByTwoWays& step : steps_by_two_ways(setups, {})) {
    CHECK(std::abs(step.communication_difference()) < 0.05);
    CHECK(step.simulated.tensor_s == within(0.01, step.closed_form.tensor_s));
    CHECK(step.simulated.pipeline_s == within(0.02, step.closed_form.pipeline_s));
    CHECK(step.simulated.rest_s == within(0.001, step.closed_form.rest_s));
  }
}

TEST_CASE("every core step takes the simulated time within 2 % whatever its framework" * doctest::test_suite("heavy")) {
  const auto table = sim::read_measurement_table(CHOKEPOINT_SOURCE_DIR "/models/training/measured_steps.csv");
  std::vector<models::TrainingSetup> setups;
  for (const PredictedStep& step : score_table(table).core.steps) setups.push_back(step.setup);
  REQUIRE(setups.size() == 335);
  for (const StepByTwoWays& step : steps_by_two_ways(setups, {})) {
    CHECK(std::abs(step.step_difference()) < 0.02);
    CHECK(std::abs(step.communication_difference()) < 0.05);
  }
}

TEST_CASE("nodes of a scattered job stand under leaves in turn") {
  CHECK(scattered_nodes(5, 2) == std::vector{0, 2, 4, 1, 3});
  CHECK(scattered_nodes(2, 4) == std::vector{0, 1});
}

}  // namespace chokepoint::analysis
