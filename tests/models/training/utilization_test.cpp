#include "models/training/utilization.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

/// GPT-3 175B of 96 layers on 1,024 A100 (arXiv:2104.04473).
TrainingSetup gpt3_of_1024() {
  TrainingSetup setup;
  setup.task.model = {
      .layers = 96, .hidden = 12288, .heads = 96, .kv_heads = 96, .ffn_hidden = 49152, .vocabulary = 51200};
  setup.task.global_batch = 1536;
  setup.plan = {.tensor = 8, .pipeline = 16, .data = 8, .recompute = Recompute::full};
  setup.hardware.peak_flop_per_s = 312e12;
  return setup;
}

}  // namespace

TEST_CASE("the utilization of a step gives its time back") {
  const TrainingSetup setup = gpt3_of_1024();
  const Utilization reached = utilization(setup, 30.0);
  CHECK(step_of_mfu_s(setup, reached.mfu) == doctest::Approx(30.0));
  CHECK(step_of_rate_s(setup, reached.hfu * 312e12, Recompute::full) == doctest::Approx(30.0));
  CHECK(reached.hfu > reached.mfu);
}

TEST_CASE("at 140 TFLOP per s a GPU with recomputation GPT-3 takes the operations of Narayanan's equation 3") {
  // arXiv:2104.04473: F = 96 B s l h^2 (1 + s / 6h + V / 16 l h) with activations computed again.
  const double h = 12288, l = 96, s = 2048, v = 51200, batch = 1536;
  const double flops = 96 * batch * s * l * h * h * (1 + s / (6 * h) + v / (16 * l * h));
  CHECK(step_of_rate_s(gpt3_of_1024(), 140e12, Recompute::full) ==
        doctest::Approx(flops / (140e12 * 1024)).epsilon(0.001));
}
