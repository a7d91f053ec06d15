#include "models/power/server_power_line.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

using namespace chokepoint::models;

namespace {
// Two parts of 100 W: 50 W of host and 20 W of parts at rest, 340 W with both parts at 100 W.
constexpr ServerPowerInputs small{.gpus = 2,
                                  .rated_power_w = 400.0,
                                  .accelerator = {.tdp_w = 100.0, .idle_w = 10.0, .idle_with_context_w = 20.0},
                                  .idle_w = 70.0,
                                  .full_w = 340.0};
}  // namespace

TEST_CASE("a server follows its accelerators on a line through idle and full load") {
  const ServerPower power = server_power(small);
  CHECK(power.server_w(PowerState::off) == 0.0);
  CHECK(power.server_w(PowerState::idle) == doctest::Approx(70.0));
  CHECK(power.server_w(PowerState::allocated) == doctest::Approx(70.0 + 270.0 * 10.0 / 90.0));
  CHECK(power.server_w(PowerState::computing) == doctest::Approx(70.0 + 270.0 * 66.0 / 90.0));
  CHECK(power.slot_w(PowerState::computing) == doctest::Approx(power.server_w(PowerState::computing) / 2));
}

TEST_CASE("power rises from off over idle and waiting to communicating and computing") {
  const ServerPower power = server_power({.gpus = 8, .rated_power_w = 5000.0, .accelerator = {.tdp_w = 400.0}});
  const auto w = [&](PowerState state) { return power.server_w(state); };
  CHECK(w(PowerState::off) == 0.0);
  CHECK(w(PowerState::idle) > 0.0);
  CHECK(w(PowerState::allocated) > w(PowerState::idle));
  CHECK(w(PowerState::communicating) > w(PowerState::checkpointing));
  CHECK(w(PowerState::computing) > w(PowerState::communicating));
  CHECK(w(PowerState::computing) < 5000.0);
}

TEST_CASE("rated power is the rating in every state but off") {
  const ServerPower power = rated_power(8, 6500.0);
  CHECK(power.server_w(PowerState::off) == 0.0);
  CHECK(power.server_w(PowerState::idle) == 6500.0);
  CHECK(power.slot_w(PowerState::computing) == 812.5);
}

TEST_CASE("a rating below the TDP of its accelerators is a bug of the caller") {
  ServerPowerInputs inputs = small;
  inputs.rated_power_w = 150.0;
  CHECK_THROWS_AS(server_power(inputs), ContractViolation);
}

// Measured points: DGX A100 idle 1,512 W, 6,008 W by the means of AcmeTrace Seren; H100 node idle 2.1-2.6 kW
// (MLPerf Training 4.0), peak 8.4 kW (arXiv:2412.08602); V100 330 W each in training (arXiv:2104.10350).
TEST_CASE("the assumed shares come within a tenth of three servers that were measured") {
  const AcceleratorPower a100{.tdp_w = 400.0, .idle_w = 61.9};
  const AcceleratorPower h100{.tdp_w = 700.0, .idle_w = 72.5};
  const auto training_w = [](const ServerPowerInputs& inputs) {
    return server_power(inputs).server_w(PowerState::computing);
  };
  CHECK(training_w({.rated_power_w = 6500.0, .accelerator = a100}) ==
        doctest::Approx(training_w({.rated_power_w = 6500.0, .accelerator = a100, .idle_w = 1512.0, .full_w = 6008.0}))
            .epsilon(0.1));
  CHECK(training_w({.rated_power_w = 10200.0, .accelerator = h100}) ==
        doctest::Approx(training_w({.rated_power_w = 10200.0, .accelerator = h100, .idle_w = 2350.0, .full_w = 8400.0}))
            .epsilon(0.1));
  CHECK(training_w({.rated_power_w = 3500.0, .accelerator = {.tdp_w = 300.0, .idle_w = 70.0}}) / 8 ==
        doctest::Approx(330.0).epsilon(0.1));
}
