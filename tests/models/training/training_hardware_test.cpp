#include "models/training/training_hardware.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {
const Accelerator unmeasured{.bf16_flop_per_s = 100e12,
                             .fp8_flop_per_s = 200e12,
                             .memory_bytes = 80e9,
                             .memory_bytes_per_s = 2e12,
                             .link_bytes_per_s = 600e9};
}  // namespace

TEST_CASE("an accelerator that nobody measured reaches 85 percent of its peak and fp8 in proportion") {
  const TrainingHardware hardware = training_hardware(unmeasured, {});
  CHECK(hardware.matmul_flop_per_s == doctest::Approx(85e12));
  CHECK(hardware.fp8_matmul_flop_per_s == doctest::Approx(170e12));
  CHECK(hopper_or_later(unmeasured));
}

TEST_CASE("an accelerator that was measured reaches what was measured") {
  Accelerator measured = unmeasured;
  measured.measured_matmul_flop_per_s = 79e12;
  CHECK(training_hardware(measured, {}).matmul_flop_per_s == doctest::Approx(79e12));
  CHECK(training_hardware(measured, {}).fp8_matmul_flop_per_s == doctest::Approx(158e12));
}

TEST_CASE("a link counts one direction and a network is 200 Gbit per s where nobody says") {
  CHECK(training_hardware(unmeasured, {}).link_bytes_per_s == doctest::Approx(300e9));
  CHECK(training_hardware(unmeasured, {}).network_bytes_per_s == doctest::Approx(25e9));
  const TrainingHardware wide = training_hardware(unmeasured, {.gpus = 4, .network_bytes_per_s = 50e9});
  CHECK(wide.network_bytes_per_s == doctest::Approx(50e9));
  CHECK(wide.gpus_per_node == 4);
}
