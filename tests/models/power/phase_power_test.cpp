#include "models/power/phase_power.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"
#include "models/power/server_power_line.hpp"

using namespace chokepoint::models;

namespace {
const ServerPower h100 = server_power(
    {.rated_power_w = 10200.0, .accelerator = {.tdp_w = 700.0, .idle_w = 72.5}, .idle_w = 2350.0, .full_w = 8400.0});
}  // namespace

TEST_CASE("a typical step resolved by phase draws the mean of the run") {
  const ServerPower resolved = resolved_by_phase(h100, 0.3);
  CHECK(mean_power_w(resolved, {.computing = 0.7, .communicating = 0.3}) ==
        doctest::Approx(h100.server_w(PowerState::computing)));
  CHECK(resolved.server_w(PowerState::computing) > h100.server_w(PowerState::computing));
  CHECK(resolved.server_w(PowerState::computing) < 8400.0);
}

// MLPerf Training 4.0: 720-900 W of node power per GPU.
TEST_CASE("H100 nodes draw within the range of MLPerf at shares of communication from 20 to 50 percent") {
  const ServerPower resolved = resolved_by_phase(h100, 0.3);
  for (const double share : {0.2, 0.3, 0.5}) {
    const double per_gpu_w = mean_power_w(resolved, {.computing = 1.0 - share, .communicating = share}) / 8;
    CHECK(per_gpu_w >= 720.0);
    CHECK(per_gpu_w <= 900.0);
  }
}

TEST_CASE("shares of phases that do not add up to 1 are a bug of the caller") {
  CHECK_THROWS_AS(mean_power_w(h100, {.computing = 0.5}), ContractViolation);
}

// Patterson et al., arXiv:2104.10350: 10,000 V100, 14.8 days, PUE 1.10. The full point is set from their 330 W a GPU.
TEST_CASE("the energy of GPT-3 follows from the power of its servers within 10 percent") {
  const ServerPower v100 =
      server_power({.rated_power_w = 3500.0, .accelerator = {.tdp_w = 300.0, .idle_w = 70.0}, .full_w = 3413.0});
  const double mwh = v100.slot_w(PowerState::computing) * 10000 * 14.8 * 24 * 1.10 / 1e6;
  CHECK(mwh == doctest::Approx(1287.0).epsilon(0.1));
}
