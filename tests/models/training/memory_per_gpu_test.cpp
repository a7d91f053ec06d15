#include "models/training/memory_per_gpu.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

TrainingSetup gpt(int layers, int hidden, int heads, int batch, ParallelPlan plan) {
  TrainingSetup setup;
  setup.task.model = {.name = "gpt",
                      .layers = layers,
                      .hidden = hidden,
                      .heads = heads,
                      .kv_heads = heads,
                      .ffn_hidden = 4 * hidden,
                      .vocabulary = 51200};
  setup.task.global_batch = batch;
  setup.hardware.memory_bytes = 80e9;
  setup.plan = plan;
  setup.framework.fused_attention = false;
  return setup;
}

}  // namespace

TEST_CASE("states take the bytes of the table of ZeRO") {
  // arXiv:1910.02054 table 1: 7.5 billion parameters, 64 ranks, gradients of 2 bytes.
  const auto gigabytes = [](Sharding sharding) {
    return 7.5 * state_bytes_per_parameter({.sharding = sharding, .ranks = 64, .gradient_bytes = 2});
  };
  CHECK(gigabytes(Sharding::none) == doctest::Approx(120.0));
  CHECK(gigabytes(Sharding::optimizer) == doctest::Approx(31.4).epsilon(0.002));
  CHECK(gigabytes(Sharding::gradients) == doctest::Approx(16.6).epsilon(0.003));
  CHECK(gigabytes(Sharding::parameters) == doctest::Approx(1.88).epsilon(0.003));
}

TEST_CASE("activations of a layer follow the table of Korthikanti et al.") {
  // arXiv:2205.05198 table 2, s = 2048, b = 1, h = 12288, a = 96, so that 5as/h = 80.
  const double sbh = 2048.0 * 12288;
  for (const int t : {1, 2, 8}) {
    CAPTURE(t);
    TrainingSetup setup = gpt(96, 12288, 96, 64, {.tensor = t});
    CHECK(activation_bytes_of_layer(setup) == doctest::Approx(sbh * (10 + 24.0 / t + 80.0 / t)));
    setup.plan.recompute = Recompute::selective;
    CHECK(activation_bytes_of_layer(setup) == doctest::Approx(sbh * (10 + 24.0 / t)));
    setup.plan.sequence_parallel = true;
    CHECK(activation_bytes_of_layer(setup) == doctest::Approx(sbh * 34.0 / t));
    setup.plan.recompute = Recompute::none;
    CHECK(activation_bytes_of_layer(setup) == doctest::Approx(sbh * (34.0 + 80.0) / t));
    setup.plan.sequence_parallel = false;
    setup.plan.recompute = Recompute::full;
    CHECK(activation_bytes_of_layer(setup) == doctest::Approx(2 * sbh));
  }
}

TEST_CASE("the models of Korthikanti et al. fit 80 GB only with what the paper proposes") {
  // arXiv:2205.05198 figure 1 and table 3.
  struct Row {
    int layers, hidden, heads, batch, micro_batch, pipeline, interleave;
  };
  const std::vector<Row> rows{{48, 6144, 64, 4, 4, 1, 1},
                              {96, 12288, 96, 64, 1, 8, 3},
                              {105, 20480, 128, 280, 1, 35, 3},
                              {128, 25600, 160, 512, 1, 64, 1}};
  for (const Row& row : rows) {
    CAPTURE(row.hidden);
    TrainingSetup setup =
        gpt(row.layers, row.hidden, row.heads, row.batch,
            {.tensor = 8, .pipeline = row.pipeline, .micro_batch = row.micro_batch, .interleave = row.interleave});
    CHECK(memory_per_gpu(setup).total_bytes() > 80e9);
    setup.plan.recompute = Recompute::selective;
    setup.plan.sequence_parallel = true;
    CHECK(memory_per_gpu(setup).total_bytes() < 80e9);
    setup.plan.recompute = Recompute::full;
    CHECK(memory_per_gpu(setup).total_bytes() < 80e9);
  }
}
